package dev.dray.adapter.inmemory;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a scripted model server does with one request, step by step.
///
/// A script without [Step.End] or [Step.Fail] at its end leaves the request hanging until the worker aborts it or the
/// test plays further steps by [ScriptedCall#play(Script)].
///
/// @param steps in order
public record Script(List<Step> steps) {
    public Script {
        steps = List.copyOf(steps);
    }

    /// Does nothing at all: the request hangs.
    public static Script hang() {
        return new Script(List.of());
    }

    /// No connection.
    public static Script refuse() {
        return hang().fail(Kind.REFUSED);
    }

    /// A complete answer of 200 with a JSON body.
    public static Script json(String body) {
        return head(200, "application/json").chunk(body).end();
    }

    /// A complete answer without body.
    public static Script status(int status) {
        return hang().head(new ResponseHead(status, List.of())).end();
    }

    /// A complete stream of server-sent events, one chunk each.
    public static Script stream(String... events) {
        Script script = head(200, "text/event-stream");
        for (String event : events) {
            script = script.chunk("data: " + event + "\n\n");
        }
        return script.end();
    }

    /// The head of an answer; more to follow.
    public static Script head(int status, String contentType) {
        return hang().head(new ResponseHead(status, List.of(new HeaderField("Content-Type", contentType))));
    }

    /// This script, then the head of an answer.
    public Script head(ResponseHead head) {
        return then(new Step.Head(head));
    }

    /// This script, then a piece of the body.
    public Script chunk(String text) {
        return then(new Step.Chunk(Bytes.utf8(text)));
    }

    /// This script, then the end of the answer.
    public Script end() {
        return then(new Step.End());
    }

    /// This script, then the connection breaks.
    public Script reset() {
        return fail(Kind.RESET);
    }

    /// This script, then a failure of that kind.
    public Script fail(Kind kind) {
        return then(new Step.Fail(new ModelFailure(kind, "scripted failure: " + kind)));
    }

    /// This script, then a pause before what follows; needs timers.
    public Script pause(Duration duration) {
        return then(new Step.Pause(duration));
    }

    /// This script, then one more step.
    public Script then(Step step) {
        var more = new ArrayList<>(steps);
        more.add(step);
        return new Script(more);
    }
}
