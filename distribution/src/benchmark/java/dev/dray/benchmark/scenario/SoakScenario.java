package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.load.OpenLoop;
import dev.dray.benchmark.load.StreamLoad;
import dev.dray.benchmark.load.Tally;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.report.Chart;
import dev.dray.benchmark.report.Line;
import dev.dray.benchmark.stand.Asking;
import dev.dray.benchmark.stand.Contender;
import dev.dray.benchmark.stand.JavaHeap;
import dev.dray.benchmark.stand.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Minutes of requests and streams together on a process that has just been started, with a look at its memory now
/// and then.
public final class SoakScenario implements Scenario {
    private static final int REQUESTS_PER_SECOND = 1000;
    private static final int STREAMS = 50;
    private static final int TOKENS = 250;
    private static final int TOKENS_PER_SECOND = 50;
    private static final int ANSWER = 306;
    private static final int MOST_CLIENTS = 500;
    private static final int LOOKS = 120;
    private static final Chart CHART = new Chart("Memory under load", "minutes", "MiB", false);
    // Of the looks, those in which Java is still compiling.
    private static final double WARM_UP = 0.25;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String about() {
        return "minutes of %,d requests/s beside %d streams, memory over time, on a fresh process"
                .formatted(REQUESTS_PER_SECOND, STREAMS);
    }

    @Override
    public boolean takes(Contender contender) {
        return contender instanceof Worker;
    }

    @Override
    public int rounds(Effort effort) {
        return 1;
    }

    @Override
    public void run(Round round) throws IOException {
        if (!(round.contender() instanceof Worker worker)) {
            throw new IllegalArgumentException(round.contender().name() + " is no worker");
        }
        worker.restart();
        try (EventLoop loop = EventLoop.open()) {
            var requests = new OpenLoop(
                    loop, worker.address(), round.asking().small(Asking.WHOLE, Order.json(ANSWER)), MOST_CLIENTS);
            var streams = new StreamLoad(
                    loop,
                    worker.address(),
                    round.asking().small(Asking.STREAM, Order.stream(TOKENS, TOKENS_PER_SECOND)));
            Tally tally = requests.restart();
            requests.start(REQUESTS_PER_SECOND);
            streams.start(STREAMS, Duration.ofSeconds(1));
            watch(round, worker, loop);
            round.add(name(), "requests/s", "", tally.perSecond());
            Times.report(round, name(), tally);
            round.failures(name(), tally.errors(), tally.firstError());
            round.failures(
                    name(), streams.firstBytes().errors(), streams.firstBytes().firstError());
            requests.stop();
            streams.stop();
        }
    }

    private void watch(Round round, Worker worker, EventLoop loop) throws IOException {
        var minutes = new ArrayList<Double>();
        var resident = new ArrayList<Double>();
        var heap = new ArrayList<Double>();
        Duration apart = round.effort().soak().dividedBy(LOOKS);
        for (int look = 1; look <= LOOKS; look++) {
            loop.run(apart);
            minutes.add(apart.multipliedBy(look).toMillis() / 60_000.0);
            resident.add(UseMeter.mebibytes(worker.use().residentBytes()));
            heap.add(JavaHeap.usedBytes(worker) / (1 << 20));
        }
        List<Double> warm = resident.subList((int) (LOOKS * WARM_UP), LOOKS);
        var line = Line.through(minutes.subList((int) (LOOKS * WARM_UP), LOOKS), warm);
        double grown = line.slope() * (minutes.getLast() - minutes.get((int) (LOOKS * WARM_UP)));
        round.add(name(), "resident at the end", "MiB", resident.getLast());
        round.add(name(), "growth after warm-up", "%", 100 * grown / warm.getFirst());
        for (int look = 0; look < LOOKS; look++) {
            round.results().point(CHART, worker.name() + ": resident", minutes.get(look), resident.get(look));
            round.results().point(CHART, worker.name() + ": heap used", minutes.get(look), heap.get(look));
        }
    }
}
