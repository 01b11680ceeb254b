package dev.dray.app.simulate;

import dev.dray.adapter.controlplanevast.DeleteFormat;
import dev.dray.adapter.controlplanevast.HandPostedPlatform;
import dev.dray.adapter.controlplanevast.VastSettings;
import dev.dray.adapter.inmemory.InMemoryBenchmarkStore;
import dev.dray.adapter.inmemory.InMemoryOutcomeJournal;
import dev.dray.adapter.inmemory.ManualTicker;
import dev.dray.adapter.inmemory.ManualTimers;
import dev.dray.model.Outcome;
import dev.dray.port.outbound.BenchmarkStore;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One history from one seed: a worker is started, serves, is killed perhaps and started again, and drains.
///
/// The same seed gives the same history, event by event, on every machine.
public final class History {
    // Nothing a worker does may take longer: far beyond every time-out there is.
    private static final long MOST_NANOS = 4L * 3_600 * 1_000_000_000L;
    private static final Path NO_FILE = Path.of("update-file-of-no-simulation");

    private final ManualTicker ticker = new ManualTicker();
    private final ManualTimers queue = new ManualTimers(ticker);
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Clients.Numbers numbers = new Clients.Numbers();
    private final Debts debts = new Debts();
    private final BenchmarkStore store = new InMemoryBenchmarkStore();
    private final Trace trace;
    private final Chance chance;
    private final int requests;
    private InMemoryOutcomeJournal journal = new InMemoryOutcomeJournal(ticker);
    private long events;

    /// What came of a history.
    ///
    /// @param requests clients that came
    /// @param events   what happened, one after the other
    /// @param nanos    virtual time it took
    /// @param outcomes what became of the clients' requests
    /// @param faults   how often what was done to the worker
    /// @param broken   the first promise that did not hold
    /// @param last     the last events before that, oldest first; empty where all held
    public record Ending(
            long requests,
            long events,
            long nanos,
            Map<String, Long> outcomes,
            Map<String, Long> faults,
            Optional<BrokenPromise> broken,
            List<String> last) {}

    /// A promise that did not hold.
    ///
    /// @param promise which one
    /// @param how     what was found in its place
    /// @param nanos   virtual time
    public record BrokenPromise(String promise, String how, long nanos) {}

    private History(long seed, int requests, @Nullable Consumer<String> listener) {
        this.chance = new Chance(seed);
        this.requests = requests;
        this.trace = new Trace(listener);
    }

    /// Runs the history of a seed to its end, or to the first promise that does not hold.
    ///
    /// @param requests clients that come in each life of the worker
    /// @param listener hears every event, one line each; null for nobody
    public static Ending run(long seed, int requests, @Nullable Consumer<String> listener) {
        return new History(seed, requests, listener).run();
    }

    private Ending run() {
        Optional<BrokenPromise> broken = Optional.empty();
        int killed = chance.percent(20) ? chance.between(1, 2) : 0;
        for (int life = killed; life >= 0 && broken.isEmpty(); life--) {
            broken = live(life > 0);
        }
        var faultsByName = new TreeMap<String, Long>();
        faults.forEach((fault, times) -> faultsByName.put(word(fault), times));
        var outcomesByName = new TreeMap<String, Long>();
        outcomes.forEach((outcome, times) -> outcomesByName.put(outcome.word(), times));
        return new Ending(
                numbers.last(),
                events,
                ticker.passedNanos(),
                outcomesByName,
                faultsByName,
                broken,
                broken.isPresent() ? trace.last() : List.of());
    }

    // One life of the process; it may end by kill.
    private Optional<BrokenPromise> live(boolean killed) {
        var life = new Life(queue, chance, trace, faults, outcomes);
        Scenario scenario = Scenario.draw(life, requests);
        var line = new HandPostedPlatform(settings(scenario), journal, ticker, ticker);
        var service = new Service(life, scenario, line, debts, new Service.Kept(store, numbers));
        life.note("history", 0, scenario.servers() + " model servers, " + scenario.signal());
        service.begin(killed);
        Promises promises = service.promises();
        while (promises.hold() && !service.isOver()) {
            if (!step(promises) || ticker.passedNanos() > MOST_NANOS) {
                promises.broken(Promises.DRAIN, "nothing happens any more, or all too long");
            }
            events++;
            service.check();
        }
        if (promises.hold() && !killed) {
            service.checkEnd();
        }
        if (killed) {
            debts.killed();
            journal = journal.restarted();
        }
        life.end();
        return promises.firstBroken();
    }

    private static String word(Fault fault) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean step(Promises promises) {
        try {
            return queue.runNext();
        } catch (RuntimeException | Error fault) {
            StackTraceElement[] stack = fault.getStackTrace();
            promises.broken(Promises.FAULTLESS, fault + (stack.length == 0 ? "" : " at " + stack[0]));
            return true;
        }
    }

    static VastSettings settings(Scenario scenario) {
        return new VastSettings(
                List.of("http://platform.invalid"),
                1,
                "",
                true,
                "http://worker.invalid",
                false,
                true,
                NO_FILE,
                scenario.listFormat() ? DeleteFormat.LISTS : DeleteFormat.RECORDS,
                VastSettings.REPORTED_VERSION);
    }
}
