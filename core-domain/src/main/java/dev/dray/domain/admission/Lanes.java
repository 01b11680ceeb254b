package dev.dray.domain.admission;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;

/// The lanes that share one queue, and that queue, in order of arrival. Guarded by the worker's lock.
///
/// Each model server gives a serial queue one lane; a parallel route is a group of lanes that never runs
/// out. Who waits is bound to no server, so that a server that goes down takes nobody with it; the one
/// exception are requests of a session, which stay on its [Home], well or not.
///
/// INVARIANT: while somebody waits, no lane is free that he might take.
public final class Lanes<R> {
    private final boolean serial;
    private final Servers servers;
    private long free;
    private final LinkedHashSet<Claim<R>> waiting = new LinkedHashSet<>();

    Lanes(boolean serial, Servers servers) {
        this.serial = serial;
        this.servers = servers;
        this.free = servers.all();
    }

    boolean isSerial() {
        return serial;
    }

    /// Gives a newcomer a lane.
    ///
    /// @return whether there was one; else nothing happened
    boolean take(Claim<R> claim) {
        long possible = possible(claim);
        if (possible == 0) {
            return false;
        }
        give(claim, possible);
        return true;
    }

    void enqueue(Claim<R> claim) {
        waiting.addLast(claim);
    }

    boolean withdraw(Claim<R> claim) {
        return waiting.remove(claim);
    }

    /// Takes a lane back; whether somebody else may have it, [#next()] says.
    void giveBack(Claim<R> claim) {
        free |= Servers.bit(claim.server());
    }

    /// Gives a free lane to the first who waits for one; he then holds it.
    Optional<Claim<R>> next() {
        for (Iterator<Claim<R>> queue = waiting.iterator(); queue.hasNext(); ) {
            Claim<R> first = queue.next();
            long possible = possible(first);
            if (possible != 0) {
                queue.remove();
                give(first, possible);
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }

    private long possible(Claim<R> claim) {
        return free & (claim.isAtHome() ? Servers.bit(claim.home()) : servers.usable());
    }

    private void give(Claim<R> claim, long possible) {
        int server = servers.leastLoaded(possible);
        if (serial) {
            free &= ~Servers.bit(server);
        }
        claim.runsAt(server, (servers.usable() & Servers.bit(server)) == 0);
    }
}
