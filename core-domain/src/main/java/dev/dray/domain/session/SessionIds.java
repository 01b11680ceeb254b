package dev.dray.domain.session;

import java.util.random.RandomGenerator;

/// Draws names for sessions: 13 letters and digits, about 77 bits.
public final class SessionIds {
    private static final int LENGTH = 13;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private SessionIds() {}

    /// A name nobody can guess, where the chance is such.
    public static String draw(RandomGenerator secrets) {
        var id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(secrets.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
