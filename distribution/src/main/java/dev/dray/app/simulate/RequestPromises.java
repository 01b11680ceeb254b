package dev.dray.app.simulate;

import dev.dray.domain.worker.Worker;
import dev.dray.model.Outcome;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.SessionClosed;
import dev.dray.port.outbound.WorkerEvent.SessionOpened;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What is promised of requests: books of their own, kept from the events alone, that must agree with the worker's.
final class RequestPromises {
    private final Life life;
    private final Scenario scenario;
    private final Autoscaler platform;
    private final Promises promises;
    private final Queues queues;
    private final Tallies tallies = new Tallies();
    // By the worker's number of a request, which counts from 1.
    private final List<Client> byNumber = new ArrayList<>();
    private final Deque<Client> arriving = new ArrayDeque<>();
    private final Deque<Client> unanswered = new ArrayDeque<>();
    private boolean draining;
    private boolean idle;

    RequestPromises(Life life, Scenario scenario, Autoscaler platform, Promises promises) {
        this.life = life;
        this.scenario = scenario;
        this.platform = platform;
        this.promises = promises;
        this.queues = new Queues(life, scenario, promises);
    }

    void arriving(Client client) {
        arriving.push(client);
        unanswered.add(client);
    }

    void arrived(Client client) {
        arriving.pop();
        number(client, client.requestNumber());
    }

    void turn(Client client) {
        queues.turn(client);
    }

    /// The thread that told of an admission was away before it went on.
    void delayed(RequestAdmitted admitted, long nanos) {
        queues.delayed(client(admitted.id().number()), nanos);
    }

    /// From now on nothing may be admitted.
    void draining() {
        draining = true;
    }

    /// The worker says that it has ended.
    void idle() {
        promises.require(!idle, Promises.DRAIN, "the end is told twice");
        idle = true;
    }

    void hear(WorkerEvent event) {
        promises.require(!idle, Promises.QUIET, EventWords.of(event));
        switch (event) {
            case RequestAdmitted admitted -> admitted(admitted);
            case WorkerEvent.RequestStarted started ->
                started(client(started.id().number()));
            case WorkerEvent.RequestEnded(RequestRecord request) -> ended(request);
            case SessionOpened opened -> {
                Client client = client(opened.id().number());
                tallies.opened(opened.session().order().units());
                platform.heard(client.standing.reqnum);
                platform.owes(client);
            }
            case SessionClosed closed -> {
                tallies.closed(closed.session().order().units());
                platform.owed(client(closed.id().number()), Outcome.SERVED);
                if (closed.reason().equals("expired")) {
                    life.count(Fault.SESSION_EXPIRED);
                }
            }
            default -> throw new IllegalArgumentException("not about a request: " + event);
        }
    }

    private void admitted(RequestAdmitted admitted) {
        Client client = client(admitted.id().number());
        Client.Standing standing = client.standing;
        promises.require(
                !standing.admitted && !standing.isEnded(), Promises.ONE_OUTCOME, name(client) + " admitted again");
        promises.require(!draining, Promises.DOOR, name(client) + " is admitted");
        standing.admitted = true;
        standing.units = admitted.units();
        standing.owed = admitted.reference().isPresent();
        tallies.admitted(standing);
        queues.admitted(client, admitted.queued());
        if (standing.owed) {
            platform.heard(standing.reqnum);
            platform.owes(client);
        }
    }

    private void started(Client client) {
        Client.Standing standing = client.standing;
        promises.require(
                standing.admitted && !standing.started && !standing.isQueued() && !standing.isEnded(),
                Promises.ONE_OUTCOME,
                name(client) + " starts out of turn");
        standing.started = true;
    }

    private void ended(RequestRecord request) {
        Client client = client(request.id().number());
        Client.Standing standing = client.standing;
        promises.require(
                !standing.isEnded(), Promises.ONE_OUTCOME, name(client) + " ends again as " + request.outcome());
        promises.require(
                request.status() == 0 || client.isGone() || request.status() == standing.status,
                Promises.ANSWER_ONCE,
                name(client) + " was told " + standing.status + ", written down is " + request.status());
        promises.require(
                !standing.cancelled || request.outcome() == Outcome.CANCELLED,
                Promises.HUNG_UP,
                name(client) + " ends as " + request.outcome());
        life.count(request.outcome());
        boolean blamed = request.source().isPresent();
        boolean failed = request.outcome() != Outcome.SERVED && request.outcome() != Outcome.CANCELLED;
        promises.require(blamed == failed, Promises.ONE_OUTCOME, name(client) + " failed and nobody is to blame");
        boolean owed = request.reference().isPresent();
        if (standing.admitted) {
            tallies.ended(standing, request.outcome());
            queues.ended(client);
        } else {
            tallies.turnedAway(request);
        }
        standing.ended();
        if (owed && request.outcome().known()) {
            if (request.outcome() == Outcome.REJECTED) {
                platform.heard(standing.reqnum);
            }
            platform.owed(client, request.outcome());
        }
    }

    /// After an event.
    ///
    /// @param serving model servers that give lanes
    void check(Worker worker, int serving) {
        LoadSnapshot load = worker.load();
        tallies.check(load, promises);
        queues.check(load, serving);
        int held = load.held();
        promises.require(
                load.queued() <= scenario.limits().queued()
                        && load.inFlight() + load.queued() + held
                                <= scenario.limits().concurrentRequests(),
                Promises.LIMITS,
                load);
    }

    /// After the end of the worker.
    void checkEnd(Worker worker) {
        LoadSnapshot load = worker.load();
        promises.require(idle, Promises.DRAIN, "the end was never told");
        promises.require(
                load.currentUnits() == 0 && load.inFlight() + load.queued() + load.held() + load.sessions() == 0,
                Promises.DRAIN,
                load);
        for (Client client : byNumber) {
            promises.require(client.standing.isEnded(), Promises.ONE_OUTCOME, name(client) + " has none");
        }
        for (Client client : unanswered) {
            promises.require(client.isAnswered() || client.isGone(), Promises.ANSWERED, name(client) + " still waits");
        }
    }

    private Client client(long number) {
        if (number <= byNumber.size() && byNumber.get((int) number - 1) != null) {
            return byNumber.get((int) number - 1);
        }
        // Told while it arrives: the innermost one that has no number yet.
        return number(arriving.element(), number);
    }

    private Client number(Client client, long number) {
        while (byNumber.size() < number) {
            byNumber.add(null);
        }
        byNumber.set((int) number - 1, client);
        return client;
    }

    private static String name(Client client) {
        return "client " + client.number();
    }
}
