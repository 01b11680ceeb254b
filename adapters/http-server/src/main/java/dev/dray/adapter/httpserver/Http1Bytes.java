package dev.dray.adapter.httpserver;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import java.util.function.Supplier;

/// The bytes of an HTTP/1.1 connection as Helidon's parser asks for them, checked where that one looks away.
///
/// Helidon takes whatever two bytes stand behind a chunk's data, a sign before its size and a field without a name:
/// a proxy in front of us may read the same bytes as another request (RFC 9112 §11.2). It also collects a chunk, and
/// the
/// line of its size, to the end before it hands out a byte, whatever `limits.body` says. So chunks are read here,
/// strictly
/// (RFC 9112 §7.1; without extensions and trailers), and given out in the pieces in which they come.
///
/// What is asked for tells where in a request we are: the request line is one `findNewLine` and one `readBytes`, names
/// of
/// fields are `readAsciiString`, the empty line is `startsWithNewLine`, each chunk is `readLine`, `readBuffer`, `skip`.
final class Http1Bytes extends DataReader {
    /// As much as a `long` holds without its sign.
    private static final int MAX_DIGITS = 15;

    private boolean inHead;
    private boolean atRequestLine;
    /// Bytes of the present chunk that were not given out yet.
    private long chunkLeft;
    private boolean atPieceEnd;
    private boolean atLastChunk;

    @SuppressWarnings({"deprecation", "removal"}) // create(), which replaces it, cannot make a subclass
    Http1Bytes(Supplier<byte[]> bytes) {
        super(bytes);
    }

    @Override
    public int findNewLine(int max) {
        atRequestLine = !inHead;
        return super.findNewLine(max);
    }

    @Override
    public byte[] readBytes(int length) {
        byte[] bytes = super.readBytes(length);
        if (atRequestLine) {
            atRequestLine = false;
            inHead = true;
            checkRequestLine(bytes);
        }
        return bytes;
    }

    @Override
    public String readAsciiString(int length) {
        if (inHead && length == 0) {
            throw badRequest("a header field without a name");
        }
        return super.readAsciiString(length);
    }

    @Override
    public boolean startsWithNewLine() {
        boolean ends = super.startsWithNewLine();
        inHead &= !ends;
        return ends;
    }

    /// Methods are told apart by case (RFC 9110 §9.1), which Helidon drops.
    private static void checkRequestLine(byte[] line) {
        int at = 0;
        while (at < line.length && line[at] != ' ') {
            byte letter = line[at++];
            if ((letter < 'A' || letter > 'Z') && letter != '-' && letter != '_') {
                throw badRequest("the method is no word in capital letters");
            }
        }
        if (at == 0) {
            throw badRequest("there is no method");
        }
    }

    private static RequestException badRequest(String message) {
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .message(message)
                .build();
    }

    /// The size of the next piece of a chunk, or the end of the last one.
    @Override
    public String readLine() {
        if (atLastChunk) {
            atLastChunk = false;
            lineEnd();
            return "";
        }
        if (chunkLeft == 0) {
            chunkLeft = chunkSize();
            atLastChunk = chunkLeft == 0;
        }
        if (atLastChunk) {
            return "0";
        }
        ensureAvailable();
        return Long.toHexString(Math.min(chunkLeft, available()));
    }

    @Override
    public BufferData readBuffer(int length) {
        BufferData piece = super.readBuffer(length);
        if (chunkLeft > 0) {
            chunkLeft -= length;
            atPieceEnd = true;
        }
        return piece;
    }

    @Override
    public void skip(int count) {
        if (!atPieceEnd) {
            super.skip(count);
            return;
        }
        atPieceEnd = false;
        if (chunkLeft == 0) {
            lineEnd();
        }
    }

    private long chunkSize() {
        long size = 0;
        for (int digits = 0; ; digits++) {
            byte next = read();
            int digit = Character.digit(next, 16);
            if (digit < 0 && digits > 0) {
                expect(next, '\r');
                expect(read(), '\n');
                return size;
            }
            if (digit < 0 || digits == MAX_DIGITS) {
                throw new IllegalArgumentException("a chunk's size is no hexadecimal number of up to 15 digits");
            }
            size = size << 4 | digit;
        }
    }

    private void lineEnd() {
        expect(read(), '\r');
        expect(read(), '\n');
    }

    private static void expect(byte found, char expected) {
        if (found != expected) {
            throw new IllegalArgumentException("a chunk's size or data is not followed by an end of line");
        }
    }
}
