package dev.dray.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/// What shows that a caller is the one who opened a session. Only a digest of it is kept, and two are compared in
/// constant time, so that neither a dump of the memory nor a clock helps to guess it.
///
/// @param digest SHA-256 of what counts as the secret
public record SessionSecret(Bytes digest) {
    public SessionSecret {
        Objects.requireNonNull(digest, "digest");
    }

    /// The secret behind some bytes.
    ///
    /// @param canonical the same for everything that counts as the same secret
    public static SessionSecret of(byte[] canonical) {
        try {
            return new SessionSecret(
                    Bytes.of(MessageDigest.getInstance("SHA-256").digest(canonical)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionSecret secret
                && MessageDigest.isEqual(digest.toByteArray(), secret.digest.toByteArray());
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /// Never shows the secret.
    @Override
    public String toString() {
        return "SessionSecret";
    }
}
