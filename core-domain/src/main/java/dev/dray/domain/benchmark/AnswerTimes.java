package dev.dray.domain.benchmark;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.Ticker;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads an answer to its end and keeps nothing of it but times: of its first text, and between one piece of text and
/// the next. What arrives together counts once. Used by the threads that carry one answer, one after the other.
final class AnswerTimes implements ResponseSink {
    private final Ticker ticker;
    private final TokenCounter.Source tokens;
    private final FirstByteSink firstByte;
    private final Samples between;
    private @Nullable TokenCounter counter;
    private OptionalLong firstTextNanos = OptionalLong.empty();
    private long lastTextNanos;
    private long pieces;
    private boolean stream;

    /// @param between takes the times between pieces of text; of this answer alone
    AnswerTimes(Ticker ticker, TokenCounter.Source tokens, Samples between) {
        this.ticker = ticker;
        this.tokens = tokens;
        this.between = between;
        this.firstByte = new FirstByteSink(ticker);
    }

    /// Whether the answer is a stream of events.
    boolean isStream() {
        return stream;
    }

    /// When the first text of a stream came, or the first byte of any other body; empty where there was none.
    OptionalLong firstNanos() {
        return firstTextNanos.isPresent() ? firstTextNanos : firstByte.firstByteNanos();
    }

    /// Times between one piece of text and the next.
    Samples between() {
        return between;
    }

    /// Tokens of the answer; negative where they are not known.
    long tokens() {
        return counter == null ? -1 : counter.tokens();
    }

    @Override
    public void head(ResponseHead head) {
        stream = HeaderField.first(head.headers(), "Content-Type")
                .filter(type -> type.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                .isPresent();
        counter = tokens.of(head);
    }

    @Override
    public void chunk(byte[] array, int offset, int length) {
        firstByte.chunk(array, offset, length);
        if (counter == null) {
            return;
        }
        counter.read(array, offset, length);
        if (counter.pieces() == pieces) {
            return;
        }
        long now = ticker.nanos();
        if (firstTextNanos.isEmpty()) {
            firstTextNanos = OptionalLong.of(now);
        } else {
            between.add(now - lastTextNanos);
        }
        pieces = counter.pieces();
        lastTextNanos = now;
    }

    @Override
    public void end() {}

    @Override
    public void breakOff() {}
}
