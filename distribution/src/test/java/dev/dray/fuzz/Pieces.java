package dev.dray.fuzz;

import java.util.Arrays;

/// Cuts an input in two: a few bytes that say where the rest is cut again, and the rest.
public final class Pieces {
    private static final int CUTS = 4;

    private final byte[] cuts;
    private final byte[] rest;

    private Pieces(byte[] cuts, byte[] rest) {
        this.cuts = cuts;
        this.rest = rest;
    }

    public static Pieces of(byte[] input) {
        int cuts = Math.min(CUTS, input.length);
        return new Pieces(Arrays.copyOf(input, cuts), Arrays.copyOfRange(input, cuts, input.length));
    }

    /// All bytes behind the cuts.
    public byte[] whole() {
        return rest.clone();
    }

    /// Takes piece after piece.
    public interface Taker<E extends Exception> {
        void take(byte[] array, int offset, int length) throws E;
    }

    /// The same bytes in pieces of up to 256 bytes, none of them empty.
    public <E extends Exception> void each(Taker<E> taker) throws E {
        int at = 0;
        for (int i = 0; at < rest.length; i++) {
            int wanted = cuts.length == 0 ? rest.length : 1 + (cuts[i % cuts.length] & 0xff);
            int length = Math.min(wanted, rest.length - at);
            taker.take(rest.clone(), at, length);
            at += length;
        }
    }
}
