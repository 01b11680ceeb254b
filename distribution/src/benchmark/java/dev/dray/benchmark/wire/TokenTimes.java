package dev.dray.benchmark.wire;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/// Finds the times in a stream of [Token]s, cut anywhere.
public final class TokenTimes {
    private int digitsLeft;
    private long time;

    /// Reads the next bytes of an answer's body.
    ///
    /// @param made takes when each token was made, as it becomes complete
    public void read(ByteBuffer body, LongConsumer made) {
        while (body.hasRemaining()) {
            byte next = body.get();
            if (digitsLeft > 0) {
                if (next < '0' || next > '9') {
                    throw new IllegalArgumentException(
                            "token: found byte %d, expected a digit of the time it was made".formatted(next));
                }
                time = time * 10 + next - '0';
                if (--digitsLeft == 0) {
                    made.accept(time);
                }
            } else if (next == Token.MARK) {
                digitsLeft = Token.DIGITS;
                time = 0;
            }
        }
    }
}
