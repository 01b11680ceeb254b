package dev.dray.adapter.modelclient;

import dev.dray.fuzz.Pieces;
import dev.dray.fuzz.Promise;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/// A chunked body is decoded as a reader that is written straight from RFC 9112 §7.1 decodes it, however it is cut.
public final class ChunksFuzz {
    private ChunksFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Pieces pieces = Pieces.of(input);
        byte[] whole = pieces.whole();
        Promise.same(cut(pieces), Reference.read(whole), "a body in pieces is the same");
        Promise.same(once(whole), Reference.read(whole), "a body at once is the same");
    }

    private static String once(byte[] whole) {
        var decoder = new ChunkedDecoder();
        var data = new ByteArrayOutputStream();
        try {
            byte[] buffer = whole.clone();
            int taken = decoder.decode(buffer, 0, buffer.length);
            data.write(buffer, decoder.dataStart(), decoder.dataLength());
            return end(data, decoder.done(), taken);
        } catch (CallException refused) {
            return "refused";
        }
    }

    private static String cut(Pieces pieces) {
        var decoder = new ChunkedDecoder();
        var data = new ByteArrayOutputStream();
        int[] taken = {0};
        try {
            pieces.<CallException>each((array, offset, length) -> {
                if (!decoder.done()) {
                    taken[0] += decoder.decode(array, offset, offset + length) - offset;
                    data.write(array, decoder.dataStart(), decoder.dataLength());
                }
            });
            return end(data, decoder.done(), taken[0]);
        } catch (CallException refused) {
            return "refused";
        }
    }

    private static String end(ByteArrayOutputStream data, boolean done, int taken) {
        return HexFormat.of().formatHex(data.toByteArray()) + (done ? " ends at " + taken : " goes on");
    }

    /// Reads a body from its whole text, one rule after the other.
    private static final class Reference {
        private final byte[] in;
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();
        private int at;

        private Reference(byte[] in) {
            this.in = in;
        }

        static String read(byte[] in) {
            var reference = new Reference(in);
            try {
                reference.body();
                return end(reference.data, true, reference.at);
            } catch (ArrayIndexOutOfBoundsException more) {
                return end(reference.data, false, in.length);
            } catch (IllegalArgumentException refused) {
                return "refused";
            }
        }

        private void body() {
            long size = size();
            while (size > 0) {
                int there = (int) Math.min(size, in.length - at);
                data.writeBytes(Arrays.copyOfRange(in, at, at + there));
                at += there;
                require(there < size ? in[in.length] == 0 : in[at++] == '\r');
                require(in[at++] == '\n');
                size = size();
            }
            while (in[at] != '\r') {
                line();
            }
            line();
        }

        private long size() {
            int from = at;
            while (Character.digit(in[at], 16) >= 0) {
                at++;
                require(at - from <= 15);
            }
            require(at > from && "; \t\r".indexOf(in[at]) >= 0);
            long size = Long.parseLong(new String(in, from, at - from, java.nio.charset.StandardCharsets.US_ASCII), 16);
            line();
            return size;
        }

        private void line() {
            int from = at;
            while (in[at] != '\r') {
                require(in[at++] != '\n');
                require(at - from < ChunkedDecoder.MAX_FRAMING_BYTES);
            }
            at++;
            require(in[at++] == '\n');
        }

        private static void require(boolean kept) {
            if (!kept) {
                throw new IllegalArgumentException();
            }
        }
    }
}
