package dev.dray.app.planner;

import java.util.List;
import java.util.SplittableRandom;

/// Stands where the platform stands: picks a worker for each request. It never asks a second worker where the first
/// sheds.
public final class Router {
    /// How it picks.
    public enum Policy {
        /// The one with the least work before it, in units; of equals one by chance. The platform does so by what
        /// workers report each second; this one knows it at once, so it is the best a platform can do.
        LEAST_LOADED,
        /// One after the other.
        ROUND_ROBIN,
        /// Any.
        RANDOM
    }

    private final Policy policy;
    private final List<PlannedWorker> workers;
    private final SplittableRandom random;
    private int last = -1;

    Router(Policy policy, List<PlannedWorker> workers, long seed) {
        this.policy = policy;
        this.workers = workers;
        this.random = new SplittableRandom(seed);
    }

    PlannedWorker pick() {
        return switch (policy) {
            case LEAST_LOADED -> leastLoaded();
            case ROUND_ROBIN -> {
                last = (last + 1) % workers.size();
                yield workers.get(last);
            }
            case RANDOM -> workers.get(random.nextInt(workers.size()));
        };
    }

    private PlannedWorker leastLoaded() {
        PlannedWorker best = workers.getFirst();
        int equals = 1;
        for (PlannedWorker worker : workers.subList(1, workers.size())) {
            if (worker.load() < best.load()) {
                best = worker;
                equals = 1;
            } else if (worker.load() == best.load() && random.nextInt(++equals) == 0) {
                best = worker;
            }
        }
        return best;
    }
}
