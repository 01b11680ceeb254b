package dev.dray.app.simulate;

import dev.dray.domain.worker.WorkerPlan.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What one history is about: drawn once, at its beginning.
///
/// @param servers       model servers, 1 to 4
/// @param signal        how the worker learns that the model is loaded
/// @param sharedLog     whether all of them write into one log
/// @param probesHealth  whether they have a health URL
/// @param measured      whether the capacity is measured, and not pinned
/// @param routes        what is served
/// @param limits        how much the worker holds
/// @param hold          how long requests wait for the first READY
/// @param callers       how many requests a second come on average while there is no rush
/// @param requests      how many clients come in all
/// @param troublePercent how many of a model server's answers go wrong, in percent
/// @param quietNanos    between two faults of one model server, on average
/// @param listFormat    whether the platform wants outcomes in the older shape
record Scenario(
        int servers,
        Signal signal,
        boolean sharedLog,
        boolean probesHealth,
        boolean measured,
        List<SimulatedRoute> routes,
        Limits limits,
        Optional<Duration> hold,
        int callers,
        int requests,
        int troublePercent,
        long quietNanos,
        boolean listFormat) {
    /// Units one model server does in a second.
    static final int UNITS_PER_SECOND = 100;

    private static final List<Signal> SIGNALS =
            List.of(Signal.LOG, Signal.LOG, Signal.PROCESS, Signal.LIFECYCLE, Signal.HEALTH);

    /// How the worker learns that the model is loaded.
    enum Signal {
        LOG,
        PROCESS,
        LIFECYCLE,
        HEALTH
    }

    static Scenario draw(Life life, int requests) {
        Chance chance = life.chance();
        int servers = chance.percent(45) ? 1 : chance.between(2, 4);
        int queued = chance.between(2, 25);
        int callers = 2 * servers * chance.between(1, 6);
        return new Scenario(
                servers,
                chance.pick(SIGNALS),
                chance.percent(40),
                chance.percent(75),
                chance.percent(60),
                SimulatedRoute.draw(life),
                new Limits(
                        queued,
                        queued + chance.between(2, 25),
                        chance.percent(20) ? OptionalInt.empty() : OptionalInt.of(chance.between(1, 6)),
                        Duration.ofSeconds(1)),
                chance.percent(40) ? Optional.of(Duration.ofSeconds(chance.between(1, 20))) : Optional.empty(),
                callers,
                requests,
                chance.pick(List.of(0, 5, 20, 50)),
                chance.millis(5_000, 60_000),
                chance.percent(30));
    }
}
