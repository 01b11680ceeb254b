package dev.dray.app.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/// Many histories, one for each seed, until one breaks a promise. They share nothing, so as many run at once as the
/// machine has processors; what is found does not depend on that.
public final class Simulation {
    /// Clients in each life of a worker, unless somebody says otherwise.
    public static final int REQUESTS = 1_000;

    private static final int AT_ONCE = 8 * Runtime.getRuntime().availableProcessors();

    // The platform's side logs what a worker's operator should know; these platforms fail all the time. Kept here, for
    // a logger that nobody holds forgets its level.
    private static final Logger PLATFORM_LOG = Logger.getLogger("dev.dray.adapter.controlplanevast");

    private Simulation() {}

    /// What came of all of them.
    ///
    /// @param seeds    histories run to their end, or to the first broken promise
    /// @param requests clients that came
    /// @param events   what happened
    /// @param nanos    virtual time, all histories together
    /// @param outcomes what became of the clients' requests
    /// @param faults   how often what was done to the workers
    /// @param failure  the first seed that broke a promise
    public record Result(
            long seeds,
            long requests,
            long events,
            long nanos,
            Map<String, Long> outcomes,
            Map<String, Long> faults,
            Optional<Failure> failure) {
        /// All faults together.
        public long faultCount() {
            return faults.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// A seed that broke a promise.
    public record Failure(long seed, History.BrokenPromise broken, List<String> last) {}

    /// Runs the histories of so many seeds.
    ///
    /// @param requests clients in each life of a worker
    /// @param done     hears how many have ended, now and then
    public static Result run(long firstSeed, long seeds, int requests, LongConsumer done) {
        PLATFORM_LOG.setLevel(Level.OFF);
        var sum = new Sum();
        for (long start = 0; start < seeds && sum.failure.isEmpty(); start += AT_ONCE) {
            long end = Math.min(seeds, start + AT_ONCE);
            List<History.Ending> outcomes = LongStream.range(firstSeed + start, firstSeed + end)
                    .parallel()
                    .mapToObj(seed -> History.run(seed, requests, null))
                    .toList();
            for (int i = 0; i < outcomes.size() && sum.failure.isEmpty(); i++) {
                sum.add(firstSeed + start + i, outcomes.get(i));
            }
            done.accept(end);
        }
        return sum.result();
    }

    /// Runs the histories of so many seeds one after the other, and tells every event of them.
    ///
    /// @param listener hears a line for each event
    public static Result trace(long firstSeed, long seeds, int requests, Consumer<String> listener) {
        PLATFORM_LOG.setLevel(Level.OFF);
        var sum = new Sum();
        for (long seed = firstSeed; seed < firstSeed + seeds && sum.failure.isEmpty(); seed++) {
            sum.add(seed, History.run(seed, requests, listener));
        }
        return sum.result();
    }

    /// How a moment of virtual time is written.
    public static String seconds(long nanos) {
        return Trace.seconds(nanos);
    }

    private static final class Sum {
        private final Map<String, Long> outcomes = new TreeMap<>();
        private final Map<String, Long> faults = new TreeMap<>();
        private long seeds;
        private long requests;
        private long events;
        private long nanos;
        private Optional<Failure> failure = Optional.empty();

        void add(long seed, History.Ending outcome) {
            seeds++;
            requests += outcome.requests();
            events += outcome.events();
            nanos += outcome.nanos();
            outcome.outcomes().forEach((word, times) -> outcomes.merge(word, times, Long::sum));
            outcome.faults().forEach((fault, times) -> faults.merge(fault, times, Long::sum));
            failure = outcome.broken().map(broken -> new Failure(seed, broken, new ArrayList<>(outcome.last())));
        }

        Result result() {
            return new Result(seeds, requests, events, nanos, outcomes, faults, failure);
        }
    }
}
