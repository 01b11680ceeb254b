package dev.dray.domain.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides who runs, who waits and who is sent away. Never blocks and calls nobody. Guarded by the
/// worker's lock.
///
/// Time comes as readings of the ticker, the capacity as units per second, 0 while it is unknown.
///
/// @param <R> what a claim is for
public final class Admission<R> {
    /// The most model servers of one worker.
    public static final int MAX_SERVERS = Long.SIZE;

    private static final int MAX_RETRY_SECONDS = 60;

    /// The least wait behind a busy serial lane, in seconds: a request that costs 0 units takes its
    /// time too.
    private static final double SHORTEST_WAIT = 1e-9;

    private final int maxQueued;
    private final int maxRequests;
    private final Servers servers;
    private final List<Lanes<R>> queues = new ArrayList<>();
    private final Backlog backlog = new Backlog();
    private final DrainRate drainRate = new DrainRate();
    private int busySerialLanes;
    private boolean closed;

    /// @param maxQueued   waiting requests, all queues together
    /// @param maxRequests running and waiting requests together
    /// @param servers     model servers, 1 to [#MAX_SERVERS]
    public Admission(int maxQueued, int maxRequests, int servers) {
        this.maxQueued = maxQueued;
        this.maxRequests = maxRequests;
        this.servers = new Servers(servers);
    }

    /// A queue with one lane at each model server.
    public Lanes<R> serial() {
        var lanes = new Lanes<R>(true, servers);
        queues.add(lanes);
        return lanes;
    }

    /// At each model server a lane for everybody who comes.
    public Lanes<R> parallel() {
        return new Lanes<>(false, servers);
    }

    /// Decides about a newcomer; where it may run it has a lane from now on, where it waits a place in
    /// the queue.
    public Decision decide(Claim<R> claim, long now, double capacity) {
        if (closed) {
            return Decision.CLOSED;
        }
        advance(now, capacity);
        if (backlog.requests() >= maxRequests) {
            return new Decision.TooManyRequests(maxRequests, retryAfter(unitsPerRequest(), capacity));
        }
        double wait = waitSeconds(capacity);
        if (wait > claim.maxWaitSeconds()) {
            double excess = backlog.units() - claim.maxWaitSeconds() * capacity;
            return new Decision.WaitTooLong(wait, claim.maxWaitSeconds(), retryAfter(excess, capacity));
        }
        if (claim.lanes().take(claim)) {
            start(claim);
            return Decision.RUN;
        }
        if (backlog.queued() >= maxQueued) {
            return new Decision.QueueFull(maxQueued, retryAfter(unitsPerRequest(), capacity));
        }
        claim.lanes().enqueue(claim);
        backlog.enqueue(claim);
        return Decision.WAIT;
    }

    /// Gives back the lane of a request that ran.
    ///
    /// @return the request that has the lane now and may start; empty where nobody waited
    public Optional<R> release(Claim<R> claim, long now, double capacity) {
        advance(now, capacity);
        backlog.end(claim);
        drainRate.ended(claim.units());
        servers.ended(claim.server(), claim.units());
        if (claim.lanes().isSerial()) {
            busySerialLanes--;
        }
        claim.lanes().giveBack(claim);
        return next(claim.lanes());
    }

    /// Other model servers take new requests from now on.
    ///
    /// @param usable a bit for each, that of server 0 the lowest; one or more
    /// @return the requests that have a lane now and may start
    public List<R> serveWith(long usable, long now, double capacity) {
        advance(now, capacity);
        servers.usable(usable);
        var started = new ArrayList<R>();
        for (Lanes<R> queue : queues) {
            for (Optional<R> next = next(queue); next.isPresent(); next = next(queue)) {
                started.add(next.get());
            }
        }
        return started;
    }

    /// Requests that run on one model server.
    public int running(int server) {
        return servers.running(server);
    }

    private Optional<R> next(Lanes<R> lanes) {
        Optional<Claim<R>> next = lanes.next();
        if (next.isEmpty()) {
            return Optional.empty();
        }
        backlog.dequeue(next.get());
        start(next.get());
        return Optional.of(next.get().request());
    }

    /// Takes a waiting request out of its queue; the others keep their order.
    public void withdraw(Claim<R> claim) {
        if (!claim.lanes().withdraw(claim)) {
            throw new IllegalStateException("only a waiting request can be withdrawn from its queue");
        }
        backlog.dequeue(claim);
    }

    /// Admits nothing any more. What runs or waits goes on.
    public void close() {
        closed = true;
    }

    /// Whether nothing is admitted any more.
    public boolean isClosed() {
        return closed;
    }

    /// Whether there would be no place for one more beside those who are not even admitted yet.
    public boolean isFull(int others) {
        return backlog.requests() + others >= maxRequests;
    }

    /// Estimated wait of a newcomer in seconds (decision 13): all remaining work over the capacity.
    /// Infinite where there is work and no known capacity, and never 0 behind a busy serial lane. What
    /// is inside sessions is no work in this sense, but its lane is busy.
    public double waitSeconds(long now, double capacity) {
        advance(now, capacity);
        return waitSeconds(capacity);
    }

    /// When a request that waited in vain had better come again: once what is here now has drained.
    public Duration retryAfter(long now, double capacity) {
        advance(now, capacity);
        return retryAfter(backlog.units(), capacity);
    }

    private double waitSeconds(double capacity) {
        double wait = 0;
        if (backlog.estimated() > 0) {
            wait = capacity > 0 ? backlog.units() / capacity : Double.POSITIVE_INFINITY;
        }
        return busySerialLanes > 0 ? Math.max(wait, SHORTEST_WAIT) : wait;
    }

    private void advance(long now, double capacity) {
        drainRate.busy(backlog.advance(now, capacity));
    }

    private void start(Claim<R> claim) {
        backlog.start(claim);
        servers.began(claim.server(), claim.units());
        if (claim.lanes().isSerial()) {
            busySerialLanes++;
        }
    }

    private double unitsPerRequest() {
        return backlog.units() / backlog.requests();
    }

    // By what really ended of late; by the capacity while nothing has; the longest advice where neither is known.
    private Duration retryAfter(double unitsToDrain, double capacity) {
        double rate = drainRate.perSecond() > 0 ? drainRate.perSecond() : capacity;
        double seconds = rate > 0 ? Math.ceil(unitsToDrain / rate) : MAX_RETRY_SECONDS;
        return Duration.ofSeconds((long) Math.clamp(seconds, 1, MAX_RETRY_SECONDS));
    }
}
