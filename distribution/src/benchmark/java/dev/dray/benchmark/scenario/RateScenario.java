package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.load.OpenLoop;
import dev.dray.benchmark.load.Tally;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.stand.Asking;
import java.io.IOException;

/// Small requests at a fixed rate, each timed from when it was due.
public final class RateScenario implements Scenario {
    private static final int ANSWER = 306;
    private static final int MOST_CLIENTS = 1000;

    private final int perSecond;

    public RateScenario(int perSecond) {
        this.perSecond = perSecond;
    }

    @Override
    public String name() {
        return "rate-" + perSecond;
    }

    @Override
    public String about() {
        return "%d requests/s, each timed from when it was due".formatted(perSecond);
    }

    @Override
    public void run(Round round) throws IOException {
        try (EventLoop loop = EventLoop.open()) {
            var load = new OpenLoop(
                    loop,
                    round.contender().address(),
                    round.asking().small(Asking.WHOLE, Order.json(ANSWER)),
                    MOST_CLIENTS);
            load.start(perSecond);
            loop.run(round.effort().warmUp());
            var use = new UseMeter(round.contender());
            Tally tally = load.restart();
            loop.run(round.effort().measured());
            round.add(name(), "rate kept", "%", 100 * tally.perSecond() / perSecond);
            Times.report(round, name(), tally);
            use.report(round, name(), "CPU per request", tally.answers());
            round.failures(name(), tally.errors(), tally.firstError());
            load.stop();
        }
    }
}
