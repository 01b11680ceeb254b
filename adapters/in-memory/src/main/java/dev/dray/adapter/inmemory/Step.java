package dev.dray.adapter.inmemory;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ResponseHead;
import java.time.Duration;

/// One thing a scripted model server does with a request.
public sealed interface Step {
    /// The head of the answer is told and relayed.
    record Head(ResponseHead head) implements Step {}

    /// A piece of the body is relayed.
    record Chunk(Bytes bytes) implements Step {}

    /// The answer is complete.
    record End() implements Step {}

    /// The answer will not come, or breaks.
    record Fail(ModelFailure failure) implements Step {}

    /// Time passes before the next step; needs timers.
    record Pause(Duration duration) implements Step {}
}
