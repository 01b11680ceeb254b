package dev.dray.benchmark.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One token of a stream as it goes over the wire: a chunk with one server-sent event in the manner of vLLM, whose text
/// tells when it was made. Both sides read the same clock of this machine, so the time to the client needs no return.
public final class Token {
    /// Stands nowhere else in a stream.
    static final byte MARK = '@';

    static final int DIGITS = 19;

    private final byte[] bytes;
    private final int at;

    public Token() {
        String event =
                "data: {\"id\":\"cmpl-0\",\"object\":\"text_completion\",\"created\":1700000000,\"model\":\"bench\",\"choices\":"
                        + "[{\"index\":0,\"text\":\" @" + "0".repeat(DIGITS)
                        + "\",\"logprobs\":null,\"finish_reason\":null}]}\n\n";
        String chunk = "%x\r\n%s\r\n".formatted(event.length(), event);
        this.bytes = chunk.getBytes(StandardCharsets.US_ASCII);
        this.at = chunk.indexOf(MARK) + 1;
    }

    /// Length on the wire, the chunk's frame included.
    public int length() {
        return bytes.length;
    }

    /// Writes one that was made at a time of `System.nanoTime`.
    public void write(long nanos, ByteBuffer out) {
        long left = nanos;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            bytes[at + digit] = (byte) ('0' + left % 10);
            left /= 10;
        }
        out.put(bytes);
    }
}
