package dev.dray.domain.admission;

import org.jspecify.annotations.Nullable;

/// One request's claim on the model server's time. Guarded by the worker's lock.
///
/// @param <R> what the claim is for; handed back when its turn comes
public final class Claim<R> {
    private final R request;
    private final double units;
    private final Lanes<R> lanes;
    private final double maxWaitSeconds;
    private final @Nullable Home home;

    // Written by Lanes when it gets one.
    private int server;
    private boolean stranded;

    // Written by Backlog when the request starts.
    private long number;
    private double startedAt;
    private boolean atFloor;

    /// @param units          workload units, finite, 0 or more
    /// @param lanes          where it runs
    /// @param maxWaitSeconds estimated wait above which it is sent away; infinite for never
    public Claim(R request, double units, Lanes<R> lanes, double maxWaitSeconds) {
        this(request, units, lanes, maxWaitSeconds, null);
    }

    private Claim(R request, double units, Lanes<R> lanes, double maxWaitSeconds, @Nullable Home home) {
        this.home = home;
        this.request = request;
        this.units = units;
        this.lanes = lanes;
        this.maxWaitSeconds = maxWaitSeconds;
    }

    /// The claim of a request inside a session: it takes its lane and its share of the model server,
    /// but makes no newcomer's estimated wait longer (protocol.md §5.3).
    ///
    /// @param home of the session
    public static <R> Claim<R> inside(R request, Lanes<R> lanes, double maxWaitSeconds, Home home) {
        return new Claim<>(request, 0, lanes, maxWaitSeconds, home);
    }

    public R request() {
        return request;
    }

    public double units() {
        return units;
    }

    Lanes<R> lanes() {
        return lanes;
    }

    double maxWaitSeconds() {
        return maxWaitSeconds;
    }

    boolean isEstimated() {
        return home == null;
    }

    /// The model server it runs on, by its place in the worker's plan. Known once it has a lane; it may
    /// then be read without the lock by whoever was told so.
    public int server() {
        return server;
    }

    /// Whether it has a lane of a model server that takes no new requests: its session is at home there.
    public boolean isStranded() {
        return stranded;
    }

    boolean isAtHome() {
        return home != null && home.isKnown();
    }

    /// The server of its session; only where [#isAtHome()].
    int home() {
        return home == null ? 0 : home.server();
    }

    void runsAt(int newServer, boolean unusable) {
        server = newServer;
        stranded = unusable;
        if (home != null) {
            home.settle(newServer);
        }
    }

    void started(long claimNumber, double progress) {
        number = claimNumber;
        startedAt = progress;
        atFloor = false;
    }

    void reachedFloor() {
        atFloor = true;
    }

    boolean isAtFloor() {
        return atFloor;
    }

    /// Units left to do at a moment of [Backlog]'s progress, as if there were no floor.
    double remainingAt(double progress) {
        return units - (progress - startedAt);
    }

    /// The progress at which only the floor is left.
    double floorAt() {
        return startedAt + units * (1 - Backlog.FLOOR);
    }

    /// Orders by [#floorAt()], then by start, so that no two claims are equal.
    static int byFloor(Claim<?> one, Claim<?> other) {
        int order = Double.compare(one.floorAt(), other.floorAt());
        return order != 0 ? order : Long.compare(one.number, other.number);
    }
}
