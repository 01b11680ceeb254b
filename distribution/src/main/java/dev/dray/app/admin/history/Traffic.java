package dev.dray.app.admin.history;

import dev.dray.app.admin.history.Point.Load;
import dev.dray.app.admin.history.Point.Percentiles;
import dev.dray.model.Outcome;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Requests and load, point by point.
///
/// What ends is counted as it ends, by adders that many threads share without a lock. What there is to do is
/// looked at now and then: a queue that comes and goes between two looks is not seen.
final class Traffic {
    private static final long LENGTH_NANOS = Point.LENGTH.toNanos();
    private static final double LENGTH_SECONDS = LENGTH_NANOS / 1e9;

    private final Ticker ticker;
    private final InstantSource clock;
    private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);
    private final Stopwatch firstToken = new Stopwatch();
    private final Stopwatch firstByte = new Stopwatch();
    private final Stopwatch overhead = new Stopwatch();
    private volatile Work work;
    private volatile @Nullable ReadWorker worker;

    // Guarded by the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Closed> closed = new ArrayDeque<>();
    private Counts before = Counts.NONE;
    private Load load = Load.NONE;
    private ReadinessState state = ReadinessState.STARTING;
    private OptionalDouble capacity = OptionalDouble.empty();
    private long at;

    Traffic(Ticker ticker, InstantSource clock) {
        this.ticker = ticker;
        this.clock = clock;
        for (Outcome outcome : Outcome.values()) {
            ended.put(outcome, new LongAdder());
        }
        Instant now = clock.instant();
        this.at = now.getEpochSecond() / Point.LENGTH.toSeconds() * Point.LENGTH.toSeconds();
        long into = Duration.between(Instant.ofEpochSecond(at), now).toNanos();
        this.work = new Work(ticker.nanos() - into, null);
    }

    /// @param point with the work as it was known when it closed
    private record Closed(Point point, Work work) {
        Point now() {
            return new Point(
                    point.at(),
                    point.state(),
                    point.load(),
                    work.units() / LENGTH_SECONDS,
                    point.capacity(),
                    point.requests(),
                    point.firstToken(),
                    point.firstByte(),
                    point.overhead());
        }
    }

    void observe(ReadWorker observed) {
        worker = observed;
    }

    void ended(RequestRecord request) {
        Objects.requireNonNull(ended.get(request.outcome())).increment();
        if (request.startedNanos() == 0) {
            return;
        }
        overhead.record(request.queuedNanos() - request.arrivedNanos());
        if (request.headNanos() != 0) {
            firstByte.record(request.headNanos() - request.arrivedNanos());
        }
        if (request.outcome() == Outcome.SERVED && request.units() > 0) {
            work.add(request.units(), request.startedNanos(), request.endedNanos());
        }
    }

    void firstToken(long nanos) {
        firstToken.record(nanos);
    }

    Counts totals() {
        return Counts.of(ended);
    }

    List<Point> look() {
        ReadWorker observed = worker;
        if (observed == null) {
            return List.of();
        }
        LoadSnapshot now = observed.load();
        ReadinessState nowState = observed.readiness().state();
        lock.lock();
        try {
            var over = new ArrayList<Point>();
            // What was seen belongs to the point that is open when it was looked at, not to one that is over.
            while (ticker.nanos() - work.startNanos() >= LENGTH_NANOS) {
                over.add(close());
            }
            load = load.or(now.queued(), now.inFlight());
            state = nowState;
            capacity = now.capacityUnitsPerSecond();
            return over;
        } finally {
            lock.unlock();
        }
    }

    Point open() {
        lock.lock();
        try {
            long elapsed = ticker.nanos() - work.startNanos();
            // A point that has only begun has no rate yet.
            double seconds = Math.max(elapsed, Duration.ofSeconds(1).toNanos()) / 1e9;
            return point(totals(), seconds, firstToken.now(), firstByte.now(), overhead.now());
        } finally {
            lock.unlock();
        }
    }

    List<Point> points() {
        lock.lock();
        try {
            return Stream.concat(closed.stream().map(Closed::now), Stream.of(open()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private Point close() {
        Counts counts = totals();
        Point point = point(counts, LENGTH_SECONDS, firstToken.close(), firstByte.close(), overhead.close());
        closed.add(new Closed(point, work));
        if (closed.size() >= Point.MOST) {
            closed.remove();
            closed.element().work().forget();
        }
        before = counts;
        load = Load.NONE;
        at = Math.max(at + Point.LENGTH.toSeconds(), wallClock());
        work = new Work(work.startNanos() + LENGTH_NANOS, work);
        return point;
    }

    // The two clocks drift apart, and the machine may have slept: points stay on the wall clock's grid.
    private long wallClock() {
        long sinceStart = ticker.nanos() - work.startNanos() - LENGTH_NANOS;
        double start = clock.instant().minusNanos(sinceStart).toEpochMilli() / 1e3;
        return Math.round(start / Point.LENGTH.toSeconds()) * Point.LENGTH.toSeconds();
    }

    private Point point(Counts counts, double seconds, Percentiles token, Percentiles first, Percentiles over) {
        return new Point(at, state, load, work.units() / seconds, capacity, counts.minus(before), token, first, over);
    }
}
