package dev.dray.app.planner;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is to be planned.
///
/// @param arrivals     all requests, in order
/// @param horizon      the time they come in; positive
/// @param workers      how many; 1 or more
/// @param machine      what each of them has
/// @param maxQueueTime estimated wait above which a request is shed; empty: never
/// @param queueTimeOut real wait after which a request is sent away; empty: never
/// @param router       who sends requests to workers
/// @param seed         of the router's chance
public record PlanOrder(
        List<Arrival> arrivals,
        Duration horizon,
        int workers,
        Machine machine,
        Optional<Duration> maxQueueTime,
        Optional<Duration> queueTimeOut,
        Router.Policy router,
        long seed) {
    public PlanOrder {
        arrivals = List.copyOf(arrivals);
    }

    /// One worker's model servers.
    ///
    /// @param servers  model servers of one worker, alike; 1 to 64
    /// @param capacity units per second of one of them; above 0
    /// @param slots    requests one of them works on at once, each at an equal share of its capacity; 1 or more
    /// @param serial   whether the worker hands it one request at a time, and queues the others itself
    public record Machine(int servers, double capacity, int slots, boolean serial) {
        public Machine {
            if (servers < 1 || slots < 1 || !(capacity > 0) || (serial && slots > 1)) {
                throw new IllegalArgumentException("no such machine: servers=%d capacity=%s slots=%d serial=%s"
                        .formatted(servers, capacity, slots, serial));
            }
        }

        /// Requests of one worker that are worked on at once.
        public int atOnce() {
            return servers * slots;
        }

        /// Units per second at which one request is worked on.
        public double unitsPerSecondEach() {
            return capacity / slots;
        }
    }
}
