package dev.dray.adapter.modelclient;

/// Takes the chunked framing (RFC 9112 §7.1) off a body, in place and however the reads were split.
///
/// All that one read brought becomes one piece: data of later chunks is moved down behind the first one's, so that
/// a burst of tokens costs one write to the client. A read that holds one chunk, the usual case, moves nothing.
/// Extensions and trailers are dropped, and bounded.
final class ChunkedDecoder {
    /// Bytes of extensions that one chunk, and of trailers that one body may bring: as much as a response head.
    static final int MAX_FRAMING_BYTES = 64 * 1024;

    /// 60 bits: one more could overflow a `long`.
    private static final int MAX_DIGITS = 15;

    private enum State {
        SIZE,
        SIZE_END,
        DATA,
        DATA_END,
        TRAILER_START,
        TRAILER,
        DONE
    }

    private State state = State.SIZE;
    private long remaining;
    private int digits;
    private boolean sawReturn;
    private int framingBytes;

    private int dataStart;
    private int dataLength;

    /// Whether the last chunk and its trailers have been read.
    boolean done() {
        return state == State.DONE;
    }

    /// Index of the first decoded byte after [#decode].
    int dataStart() {
        return dataStart;
    }

    /// Number of decoded bytes after [#decode]; they lie together.
    int dataLength() {
        return dataLength;
    }

    /// Decodes `buffer[from, to)` in place.
    ///
    /// @return index of the first byte that was not taken: `to`, or less once the body is done
    int decode(byte[] buffer, int from, int to) throws CallException {
        dataStart = from;
        dataLength = 0;
        int at = from;
        while (at < to && state != State.DONE) {
            if (state == State.DATA) {
                at += takeData(buffer, at, to);
            } else {
                takeFraming(buffer[at++]);
            }
        }
        return at;
    }

    private int takeData(byte[] buffer, int at, int to) {
        int count = (int) Math.min(remaining, to - at);
        if (dataLength == 0) {
            dataStart = at;
        } else {
            System.arraycopy(buffer, at, buffer, dataStart + dataLength, count);
        }
        dataLength += count;
        remaining -= count;
        if (remaining == 0) {
            state = State.DATA_END;
        }
        return count;
    }

    private void takeFraming(byte octet) throws CallException {
        switch (state) {
            case SIZE -> takeSize(octet);
            case SIZE_END -> {
                if (lineEnds(octet)) {
                    state = remaining == 0 ? State.TRAILER_START : State.DATA;
                    framingBytes = 0;
                }
            }
            case DATA_END -> {
                if (octet != (sawReturn ? '\n' : '\r')) {
                    throw CallException.garbage("chunk data runs past its size");
                }
                state = sawReturn ? State.SIZE : State.DATA_END;
                sawReturn = !sawReturn;
            }
            case TRAILER_START -> {
                if (lineEnds(octet)) {
                    state = State.DONE;
                } else if (!sawReturn) {
                    state = State.TRAILER;
                }
            }
            case TRAILER -> {
                if (lineEnds(octet)) {
                    state = State.TRAILER_START;
                }
            }
            case DATA, DONE -> throw new IllegalStateException("no framing is expected in state " + state);
        }
    }

    private void takeSize(byte octet) throws CallException {
        int digit = Character.digit(octet, 16);
        if (digit >= 0) {
            if (++digits > MAX_DIGITS) {
                throw CallException.garbage("chunk size has more than " + MAX_DIGITS + " digits");
            }
            remaining = (remaining << 4) | digit;
            return;
        }
        if (digits == 0 || !(octet == ';' || octet == ' ' || octet == '\t' || octet == '\r')) {
            throw CallException.garbage("chunk size is not a hexadecimal number");
        }
        digits = 0;
        sawReturn = octet == '\r';
        state = State.SIZE_END;
    }

    /// Whether this byte is the line feed that ends a line of framing. A line feed alone does not: two readers
    /// could see two different bodies in it (RFC 9112 §11.2).
    private boolean lineEnds(byte octet) throws CallException {
        if (++framingBytes > MAX_FRAMING_BYTES) {
            throw CallException.garbage("chunk extensions and trailers exceed " + MAX_FRAMING_BYTES + " bytes");
        }
        if ((octet == '\n') != sawReturn) {
            throw CallException.garbage("line of the chunked framing does not end with CR LF");
        }
        boolean ends = sawReturn;
        sawReturn = octet == '\r';
        return ends;
    }
}
