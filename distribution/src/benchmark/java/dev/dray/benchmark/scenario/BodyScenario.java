package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.ClosedLoop;
import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.load.Tally;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.stand.Asking;
import java.io.IOException;

/// A large body there and one of the same size back, one request at a time.
public final class BodyScenario implements Scenario {
    private final int mebibytes;

    public BodyScenario(int mebibytes) {
        this.mebibytes = mebibytes;
    }

    @Override
    public String name() {
        return "body-" + mebibytes;
    }

    @Override
    public String about() {
        return "%d MiB there and back, one request at a time".formatted(mebibytes);
    }

    @Override
    public void run(Round round) throws IOException {
        int bytes = mebibytes << 20;
        try (EventLoop loop = EventLoop.open()) {
            var load = new ClosedLoop(
                    loop, round.contender().address(), round.asking().sized(Asking.WHOLE, Order.body(bytes), bytes));
            load.start(1);
            loop.run(round.effort().warmUp());
            var use = new UseMeter(round.contender());
            Tally tally = load.restart();
            loop.run(round.effort().measured());
            // At least one, however long it takes.
            loop.run(ClosedLoop.PATIENCE, () -> tally.answers() > 0);
            round.add(name(), "round trip p50", "ms", tally.milliseconds(50));
            round.add(name(), "round trip most", "ms", tally.mostMilliseconds());
            use.report(round, name(), "CPU per MiB", tally.answers() * mebibytes);
            round.failures(name(), tally.errors(), tally.firstError());
            load.finish();
        }
    }
}
