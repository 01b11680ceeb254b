package dev.dray.app.admin.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.outbound.WorkerEvent.BenchmarkProgress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The last changes of readiness, and the benchmark that runs. They are rare: a lock guards everything.
final class Happenings {
    private static final int MOST_CHANGES = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Readiness> changes = new ArrayDeque<>();
    private Optional<Running> benchmark = Optional.empty();

    /// @param rounds throughput of those that are over, in workload units per second
    private record Running(int maxRounds, boolean warmingUp, List<Double> rounds) {}

    /// Where the worker stands before its first change.
    void begin(Readiness readiness) {
        changed(readiness);
    }

    void changed(Readiness readiness) {
        lock.lock();
        try {
            changes.add(readiness);
            if (changes.size() > MOST_CHANGES) {
                changes.remove();
            }
            if (readiness.state() != ReadinessState.BENCHMARKING) {
                benchmark = Optional.empty();
            }
        } finally {
            lock.unlock();
        }
    }

    void progress(BenchmarkProgress progress) {
        lock.lock();
        try {
            var rounds = new ArrayList<>(
                    progress.round() == 0
                            ? List.of()
                            : benchmark.map(Running::rounds).orElse(List.of()));
            progress.unitsPerSecond().ifPresent(rounds::add);
            boolean over = progress.round() > 0 && progress.round() >= progress.maxRounds();
            benchmark = over
                    ? Optional.empty()
                    : Optional.of(new Running(progress.maxRounds(), progress.round() == 0, List.copyOf(rounds)));
        } finally {
            lock.unlock();
        }
    }

    void benchmarkEnded() {
        lock.lock();
        try {
            benchmark = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void describe(ObjectNode root) {
        lock.lock();
        try {
            ArrayNode history = root.putArray("readiness-history");
            for (Readiness change : changes) {
                history.addObject()
                        .put("at", change.since().toString())
                        .put("state", change.state().name().toLowerCase(Locale.ROOT))
                        .put("reason", change.reason());
            }
            benchmark.ifPresent(running -> {
                ObjectNode node = root.putObject("benchmark-running");
                node.put("round", running.warmingUp() ? 0 : running.rounds().size() + 1);
                node.put("max-rounds", running.maxRounds());
                ArrayNode rounds = node.putArray("rounds");
                running.rounds().forEach(rounds::add);
            });
        } finally {
            lock.unlock();
        }
    }
}
