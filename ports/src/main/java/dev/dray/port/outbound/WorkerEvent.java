package dev.dray.port.outbound;

import dev.dray.model.BenchmarkResult;
import dev.dray.model.ErrorSource;
import dev.dray.model.Outcome;
import dev.dray.model.PlatformReference;
import dev.dray.model.Readiness;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Correlation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Something that happened in the worker.
public sealed interface WorkerEvent {
    /// The readiness state or its reason changed.
    record ReadinessChanged(Readiness from, Readiness to) implements WorkerEvent {}

    /// Of several model servers one came or went, and the worker is ready before and after. Where its own
    /// state changes with it, [ReadinessChanged] says so instead.
    ///
    /// @param server                 which one: its place in the worker's plan, from 0
    /// @param now                    where it stands
    /// @param serving                how many take requests now; 1 or more
    /// @param of                     how many there are
    /// @param capacityUnitsPerSecond of those that serve, together; empty while unknown
    record ModelServersChanged(int server, Readiness now, int serving, int of, OptionalDouble capacityUnitsPerSecond)
            implements WorkerEvent {}

    /// A request was admitted: it runs or waits from now on.
    ///
    /// @param reference the platform's own name for it, if the platform is owed its outcome
    record RequestAdmitted(
            RequestId id,
            Optional<PlatformReference> reference,
            String route,
            double units,
            boolean queued,
            long arrivedNanos)
            implements WorkerEvent {}

    /// A request was carried to the model server.
    record RequestStarted(RequestId id, String route) implements WorkerEvent {}

    /// A request ended; told exactly once for every request that arrived, whatever became of it.
    record RequestEnded(RequestRecord request) implements WorkerEvent {}

    /// A session was opened: its units are reserved from now on.
    ///
    /// @param id          of the request that opened it
    /// @param openedNanos reading of the monotonic clock
    record SessionOpened(RequestId id, SessionView session, long openedNanos) implements WorkerEvent {}

    /// A session closed, and its callback came back. Told once for every session that was opened; its
    /// outcome is [Outcome#SERVED].
    ///
    /// @param id          of the request that opened it
    /// @param reason      why, for a person: `ended`, `expired`, `drained`
    /// @param callback    what became of the callback, for a person; empty where there was none
    /// @param openedNanos reading of the monotonic clock
    /// @param closedNanos reading of the monotonic clock
    record SessionClosed(
            RequestId id, SessionView session, String reason, String callback, long openedNanos, long closedNanos)
            implements WorkerEvent {}

    /// The benchmark began, or one of its rounds ended.
    ///
    /// @param round     0 for the warm-up, then 1, 2, 3 …
    /// @param maxRounds the most rounds there will be
    /// @param unitsPerSecond throughput of the round just ended; empty when it begins and for the
    ///     warm-up
    record BenchmarkProgress(int round, int maxRounds, Optional<Double> unitsPerSecond) implements WorkerEvent {}

    /// The benchmark ended and gave a capacity.
    ///
    /// @param cached whether it was measured before and read from the store
    record BenchmarkEnded(BenchmarkResult result, boolean cached) implements WorkerEvent {}

    /// A line of the model server's log matched an info marker.
    record ModelLogNoted(String marker, String line) implements WorkerEvent {}

    /// A call to the plugin took longer than the plugin time limit: its request was answered and its
    /// thread is not waited for any more.
    ///
    /// @param plugin id
    /// @param method of the route, for example `check`
    /// @param route  path
    /// @param number counts from 1
    /// @param last   whether the worker has none left to lose, and ends
    /// @param stack  where the thread was, innermost call first
    record PluginWrittenOff(
            String plugin, String method, String route, int number, boolean last, List<StackTraceElement> stack)
            implements WorkerEvent {
        public PluginWrittenOff {
            stack = List.copyOf(stack);
        }
    }

    /// What became of one request. Times are readings of the monotonic clock; 0 where it never came to
    /// that.
    ///
    /// @param reference    the platform's own name for it, if the platform is owed its outcome; empty
    ///     where the
    ///     signature did not verify, inside a session, and where it opened one: its end is the outcome
    /// @param names        what others know it by
    /// @param route        path, or `other` for none of the backend's
    /// @param units        workload units; 0 where it was never priced
    /// @param status       HTTP status told to the client; 0 where the client had gone before
    /// @param reason       for a person: why it was refused or failed; empty where it was served
    /// @param source       who caused it, where it was refused or failed and that is known
    /// @param arrivedNanos head read
    /// @param queuedNanos  decision taken: admitted or refused
    /// @param startedNanos carried to the model server
    /// @param headNanos    first byte of the model server's answer
    /// @param endedNanos   outcome known
    record RequestRecord(
            RequestId id,
            Optional<PlatformReference> reference,
            Correlation names,
            String route,
            Outcome outcome,
            double units,
            int status,
            String reason,
            Optional<ErrorSource> source,
            long arrivedNanos,
            long queuedNanos,
            long startedNanos,
            long headNanos,
            long endedNanos) {
        /// A request that nobody is to blame for.
        public RequestRecord(
                RequestId id,
                Optional<PlatformReference> reference,
                Correlation names,
                String route,
                Outcome outcome,
                double units,
                int status,
                String reason,
                long arrivedNanos,
                long queuedNanos,
                long startedNanos,
                long headNanos,
                long endedNanos) {
            this(
                    id,
                    reference,
                    names,
                    route,
                    outcome,
                    units,
                    status,
                    reason,
                    Optional.empty(),
                    arrivedNanos,
                    queuedNanos,
                    startedNanos,
                    headNanos,
                    endedNanos);
        }
    }
}
