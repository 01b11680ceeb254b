package dev.dray.app.planner;

import dev.dray.adapter.inmemory.ManualTimers;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.RequestGate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request of the plan, and the client behind it, who waits as long as it takes.
final class PlannedRequest implements Responder {
    private static final long NEVER = -1;

    private final Arrival arrival;
    private final ManualTimers timers;
    private @Nullable RequestGate gate;
    private @Nullable Ticket ticket;
    private long begunAt = NEVER;
    private long endedAt = NEVER;
    private Outcome outcome = Outcome.INVALID;

    PlannedRequest(Arrival arrival, ManualTimers timers) {
        this.arrival = arrival;
        this.timers = timers;
    }

    Arrival arrival() {
        return arrival;
    }

    boolean isServed() {
        return outcome == Outcome.SERVED;
    }

    /// Sent away after it had waited.
    boolean isExpelled() {
        return outcome == Outcome.EXPELLED;
    }

    /// From its arrival until a model server began to work on it.
    double waitSeconds() {
        return (begunAt - arrival.nanos()) / 1e9;
    }

    /// From its arrival to its end.
    double totalSeconds() {
        return (endedAt - arrival.nanos()) / 1e9;
    }

    void arrives(RequestGate worker, InboundRequest inbound) {
        gate = worker;
        ticket = worker.arrive(inbound, this);
    }

    void begins(long now) {
        begunAt = now;
    }

    void ended(Outcome how, long now) {
        outcome = how;
        endedAt = now;
    }

    @Override
    public void proceed() {
        // On a thread of its own; its ticket is known by then.
        timers.afterNanos(
                0, () -> Objects.requireNonNull(gate, "gate").proceed(Objects.requireNonNull(ticket, "ticket")));
    }

    @Override
    public void reply(Reply reply) {}

    @Override
    public void forsake(Reply reply) {}

    @Override
    public void head(ResponseHead head) {}

    @Override
    public void chunk(byte[] array, int offset, int length) {}

    @Override
    public void end() {}

    @Override
    public void breakOff() {}
}
