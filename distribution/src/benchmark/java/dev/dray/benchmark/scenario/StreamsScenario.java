package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.load.Requests;
import dev.dray.benchmark.load.StreamLoad;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.report.Chart;
import dev.dray.benchmark.stand.Asking;
import java.io.IOException;
import java.time.Duration;

/// So many streams at once, each with so many tokens a second; without a pace, as fast as they are taken.
public final class StreamsScenario implements Scenario {
    private static final int FLAT_OUT_TOKENS = 20_000;

    private static final Chart DELAY = new Chart("p99 token delay by streams", "streams", "ms", false);

    private final int streams;
    private final int tokensPerSecond;

    /// @param tokensPerSecond 0: as fast as they are taken
    public StreamsScenario(int streams, int tokensPerSecond) {
        this.streams = streams;
        this.tokensPerSecond = tokensPerSecond;
    }

    @Override
    public String name() {
        return tokensPerSecond == 0 ? "streams-flat-out-" + streams : "streams-" + streams;
    }

    @Override
    public String about() {
        return tokensPerSecond == 0
                ? "%d streams as fast as they are taken".formatted(streams)
                : "%d streams of %d tokens/s".formatted(streams, tokensPerSecond);
    }

    @Override
    public void run(Round round) throws IOException {
        Effort effort = round.effort();
        // Opened within the first second, and still open when the last second is over.
        Duration opening = Duration.ofSeconds(1);
        int tokens = tokensPerSecond == 0
                ? FLAT_OUT_TOKENS
                : (int) (tokensPerSecond
                        * (effort.warmUp()
                                        .plus(effort.measured())
                                        .plusSeconds(5)
                                        .toMillis()
                                / 1000));
        Requests requests = round.asking().small(Asking.STREAM, Order.stream(tokens, tokensPerSecond));
        try (EventLoop loop = EventLoop.open()) {
            var load = new StreamLoad(loop, round.contender().address(), requests);
            load.start(streams, opening);
            loop.run(opening.plus(effort.warmUp()));
            var use = new UseMeter(round.contender());
            load.restart();
            loop.run(effort.measured());
            double perSecond = load.tokensPerSecond();
            report(round, load, perSecond);
            use.report(round, name(), "CPU per token", load.tokens());
            load.stop();
        }
    }

    private void report(Round round, StreamLoad load, double perSecond) {
        round.add(name(), "tokens/s", "", perSecond);
        if (tokensPerSecond > 0) {
            round.add(name(), "rate kept", "%", 100 * perSecond / streams / tokensPerSecond);
            round.add(name(), "first byte p50", "ms", load.firstBytes().milliseconds(50));
            round.add(name(), "first byte p99", "ms", load.firstBytes().milliseconds(99));
            round.add(name(), "token delay p50", "ms", load.delayMilliseconds(50));
            round.add(name(), "token delay p99", "ms", load.delayMilliseconds(99));
            round.point(DELAY, streams, load.delayMilliseconds(99));
        }
        round.failures(name(), load.firstBytes().errors(), load.firstBytes().firstError());
    }
}
