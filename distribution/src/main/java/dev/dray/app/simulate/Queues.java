package dev.dray.app.simulate;

import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who waits where, counted from the events alone: order, lanes and time of the queues.
final class Queues {
    private final Life life;
    private final Scenario scenario;
    private final Promises promises;
    private final Map<String, Queue> byName = new LinkedHashMap<>();
    private final List<Queue> ofRoute = new ArrayList<>();
    // Those of one route wait equally long at most, so the first of them is due first.
    private final List<Deque<Client>> due = new ArrayList<>();
    private int queued;
    private int running;

    /// One queue, and the lanes behind it.
    private static final class Queue {
        private final Deque<Client> waiting = new ArrayDeque<>();
        private long places;
        private long lastTurn;
        private int running;
    }

    Queues(Life life, Scenario scenario, Promises promises) {
        this.life = life;
        this.scenario = scenario;
        this.promises = promises;
        for (SimulatedRoute route : scenario.routes()) {
            ofRoute.add(byName.computeIfAbsent(route.queue(), _ -> new Queue()));
            due.add(new ArrayDeque<>());
        }
    }

    void admitted(Client client, boolean waits) {
        Client.Standing standing = client.standing;
        Queue queue = ofRoute.get(standing.route);
        if (!waits) {
            standing.running();
            queue.running++;
            running++;
            if (standing.owed) {
                // Whoever waited before must have had a turn by now.
                queue.lastTurn = Math.max(queue.lastTurn, queue.places + 1);
            }
            return;
        }
        standing.queued();
        queued++;
        // A request inside a session waits for a certain model server, so others may go first.
        if (standing.owed) {
            standing.place = ++queue.places;
            queue.waiting.add(client);
        }
        scenario.routes().get(standing.route).plan().queueTimeOut().ifPresent(limit -> {
            standing.latest = life.now() + limit.toNanos() + Life.TIMER_SLACK;
            due.get(standing.route).add(client);
        });
    }

    /// The thread that was about to set its timer was away for so long.
    void delayed(Client client, long nanos) {
        if (client.standing.latest != Long.MAX_VALUE) {
            client.standing.latest += nanos;
        }
    }

    void turn(Client client) {
        Client.Standing standing = client.standing;
        if (!standing.isQueued()) {
            return;
        }
        Queue queue = ofRoute.get(standing.route);
        standing.running();
        queued--;
        running++;
        queue.running++;
        queue.lastTurn = Math.max(queue.lastTurn, standing.place);
    }

    void ended(Client client) {
        if (client.standing.isQueued()) {
            queued--;
        } else {
            running--;
            ofRoute.get(client.standing.route).running--;
        }
    }

    void check(LoadSnapshot load, int serving) {
        if (load.queued() != queued || load.inFlight() != running) {
            promises.broken(
                    Promises.BALANCE,
                    "the worker says %d queued, %d running, what was told adds up to %d and %d"
                            .formatted(load.queued(), load.inFlight(), queued, running));
        }
        byName.forEach((name, queue) -> {
            if (!name.isEmpty()) {
                check(name, queue, serving);
            }
        });
        for (Deque<Client> route : due) {
            first(route).ifPresent(client -> {
                if (client.standing.latest < life.now()) {
                    promises.broken(
                            Promises.WAIT,
                            "client %d had to be gone by %s"
                                    .formatted(client.number(), Trace.seconds(client.standing.latest)));
                }
            });
        }
    }

    private void check(String name, Queue queue, int serving) {
        if (queue.running > scenario.servers()) {
            promises.broken(Promises.LANES, "%d run in queue %s".formatted(queue.running, name));
        }
        Optional<Client> first = first(queue.waiting);
        if (first.isEmpty()) {
            return;
        }
        if (first.get().standing.place < queue.lastTurn) {
            promises.broken(
                    Promises.FIFO,
                    "client %d still waits in queue %s, somebody behind has had a turn"
                            .formatted(first.get().number(), name));
        }
        if (queue.running < serving) {
            promises.broken(
                    Promises.IDLE_LANE,
                    "client %d waits in queue %s, where %d run at %d model servers"
                            .formatted(first.get().number(), name, queue.running, serving));
        }
    }

    // The first who really still waits.
    private static Optional<Client> first(Deque<Client> waiting) {
        while (!waiting.isEmpty() && !waiting.peek().standing.isQueued()) {
            waiting.poll();
        }
        return Optional.ofNullable(waiting.peek());
    }
}
