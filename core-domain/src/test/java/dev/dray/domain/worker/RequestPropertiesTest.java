package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Call;
import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.domain.worker.RequestWorld.ScriptedRoute;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.PlatformProtocol.Verdict;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.RequestStarted;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients, platform and model server do anything in any order; what must hold is looked at after every step.
class RequestPropertiesTest {
    private static final int STEPS = 300;
    private static final WorkerPlan.Limits LIMITS = new WorkerPlan.Limits(6, 14, OptionalInt.empty());

    static List<Long> seeds() {
        return new SplittableRandom(5).longs(200).boxed().toList();
    }

    static List<Long> someSeeds() {
        return seeds().subList(0, 5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsItsPromisesWhateverHappens(long seed) {
        var run = new Run(seed);
        for (int step = 0; step < STEPS; step++) {
            run.step();
            run.check();
        }
        run.finish();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("someSeeds")
    void callsNoPortAndNoPluginUnderItsLock(long seed) {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            var run = new Run(seed);
            run.world.onPortCall = () -> {
                try {
                    // Were the lock held here, another thread could not read the counters now.
                    other.submit(() -> run.world.desk().load()).get(10, TimeUnit.SECONDS);
                } catch (Exception blocked) {
                    throw new AssertionError("a port was called while the lock was held", blocked);
                }
            };
            for (int step = 0; step < STEPS; step++) {
                run.step();
            }
            run.finish();
        }
    }

    /// One history.
    private static final class Run {
        private final SplittableRandom random;
        private final RequestWorld world;
        private final List<RoutePlan> plans = new ArrayList<>();
        private final Map<RequestId, Client> clients = new LinkedHashMap<>();
        private final Map<RequestId, String> queues = new HashMap<>();
        private int arrivals;
        private int idle;

        Run(long seed) {
            random = new SplittableRandom(seed);
            plans.add(plan("/serial", Concurrency.serial()));
            plans.add(plan("/same", Concurrency.serial()));
            plans.add(plan("/own", new Concurrency.Serial("own")));
            plans.add(plan("/parallel", Concurrency.parallel()));
            world = new RequestWorld(LIMITS, plans.toArray(RoutePlan[]::new));
        }

        private RoutePlan plan(String path, Concurrency concurrency) {
            var route = new ScriptedRoute(path);
            route.check = payload -> {
                world().onPortCall.run();
                if (payload.at("/check").isPresent()) {
                    throw new IllegalStateException("planted");
                }
                return payload.at("/wrong").isPresent() ? Map.of("wrong", "field") : Map.of();
            };
            route.request = payload -> {
                world().onPortCall.run();
                if (payload.at("/request").isPresent()) {
                    throw new IllegalStateException("planted");
                }
                return ModelRequest.unchanged();
            };
            Optional<Duration> maxQueueTime =
                    random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofSeconds(random.nextInt(20)));
            Optional<Duration> queueTimeOut =
                    random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofSeconds(1 + random.nextInt(9)));
            return RequestWorld.plan(route, concurrency, maxQueueTime, queueTimeOut);
        }

        private RequestWorld world() {
            return world;
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> arrive();
                case 3, 4 -> proceed();
                case 5, 6, 7 -> modelServer();
                case 8 -> hangUp();
                default -> world.time.pass(Duration.ofMillis(random.nextInt(3_000)));
            }
        }

        private void arrive() {
            RoutePlan plan = plans.get(random.nextInt(plans.size()));
            String extra = switch (random.nextInt(20)) {
                case 0 -> ", \"check\": 1";
                case 1 -> ", \"wrong\": 1";
                case 2 -> ", \"request\": 1";
                default -> "";
            };
            String body = random.nextInt(20) == 0 ? "malformed" : "{\"units\": " + random.nextInt(30) + extra + "}";
            HeaderField[] headers =
                    random.nextInt(20) == 0 ? new HeaderField[] {new HeaderField("session", "s")} : new HeaderField[0];
            world.platform.verdict = random.nextInt(20) == 0 ? Verdict.UNVERIFIED : Verdict.VERIFIED;
            Client client = world.arrive(plan.path(), body, headers);
            arrivals++;
            clients.put(client.ticket().id(), client);
            queues.put(
                    client.ticket().id(),
                    switch (plan.concurrency()) {
                        case Concurrency.Parallel _ -> "";
                        case Concurrency.Serial(String queue) -> queue;
                    });
        }

        private void proceed() {
            // Each request goes on its own thread, so in any order.
            int ahead = world.turns.isEmpty() ? 0 : random.nextInt(world.turns.size());
            for (int i = 0; i < ahead; i++) {
                world.turns.addLast(world.turns.removeFirst());
            }
            if (!world.turns.isEmpty()) {
                world.turns.removeFirst().goOn();
            }
        }

        private void modelServer() {
            List<Call> open = open();
            if (!open.isEmpty()) {
                answer(open.get(random.nextInt(open.size())));
            }
        }

        private void answer(Call call) {
            int status = random.nextInt(4) == 0 ? 500 : 200;
            switch (random.nextInt(4)) {
                case 0 -> call.answer(status);
                case 1 -> {
                    call.head(status);
                    call.fail(failure());
                }
                case 2 -> call.fail(failure());
                default -> {
                    call.head(200);
                    ((Client) call.call.sink()).hangUp();
                    call.fail(ModelFailure.Kind.ABORTED);
                }
            }
        }

        private ModelFailure.Kind failure() {
            ModelFailure.Kind[] kinds = ModelFailure.Kind.values();
            return kinds[random.nextInt(kinds.length)];
        }

        private void hangUp() {
            if (!clients.isEmpty()) {
                List<Client> all = List.copyOf(clients.values());
                all.get(all.size() - 1 - random.nextInt(Math.min(all.size(), 20)))
                        .hangUp();
            }
        }

        private List<Call> open() {
            Set<RequestId> ended = endedIds();
            return world.model.calls.stream()
                    .filter(call ->
                            !ended.contains(((Client) call.call.sink()).ticket().id()))
                    .toList();
        }

        private Set<RequestId> endedIds() {
            var ids = new HashSet<RequestId>();
            for (RequestRecord record : world.ended()) {
                assertThat(ids.add(record.id())).as("one outcome of %s", record).isTrue();
            }
            return ids;
        }

        void check() {
            Set<RequestId> ended = endedIds();
            checkLanes(ended);
            LoadSnapshot load = world.desk().load();
            assertThat(load.queued()).isLessThanOrEqualTo(LIMITS.queued());
            assertThat(load.inFlight() + load.queued()).isLessThanOrEqualTo(LIMITS.concurrentRequests());
            assertThat(load.working()).hasSize(load.inFlight() + load.queued());
            checkSums(load);
        }

        private void checkLanes(Set<RequestId> ended) {
            var busy = new HashSet<String>();
            clients.forEach((id, client) -> {
                String queue = queues.getOrDefault(id, "");
                assertThat(client.turnsTold).isLessThanOrEqualTo(1);
                if (client.turnsTold == 1 && !ended.contains(id) && !queue.isEmpty()) {
                    assertThat(busy.add(queue))
                            .as("one at a time in queue %s", queue)
                            .isTrue();
                }
            });
        }

        private void checkSums(LoadSnapshot load) {
            Set<RequestId> admitted = new HashSet<>();
            double received = 0;
            for (WorkerEvent event : world.events) {
                if (event instanceof RequestAdmitted one) {
                    admitted.add(one.id());
                    received += one.units();
                }
            }
            assertThat(load.receivedUnits()).isEqualTo(received);
            assertThat(load.servedUnits()).isEqualTo(units(Outcome.SERVED));
            assertThat(load.erroredUnits()).isEqualTo(units(Outcome.ERRORED));
            assertThat(load.cancelledUnits()).isEqualTo(units(Outcome.CANCELLED));
            assertThat(load.receivedUnits())
                    .isEqualTo(load.servedUnits()
                            + load.erroredUnits()
                            + load.cancelledUnits()
                            + units(Outcome.EXPELLED)
                            + load.currentUnits());
            double shed = 0;
            for (RequestRecord record : world.ended()) {
                if (record.outcome() == Outcome.REJECTED && record.status() == 429) {
                    assertThat(admitted).doesNotContain(record.id());
                    shed += record.units();
                }
            }
            assertThat(load.rejectedUnits()).isEqualTo(shed + units(Outcome.EXPELLED));
        }

        private double units(Outcome outcome) {
            return world.ended().stream()
                    .filter(record -> record.outcome() == outcome)
                    .mapToDouble(RequestRecord::units)
                    .sum();
        }

        /// Lets everything come to its end, and looks at the whole history.
        void finish() {
            world.desk().drain(() -> idle++);
            for (int i = 0; i < STEPS && idle == 0; i++) {
                world.run();
                open().forEach(call -> call.answer(200));
            }
            assertThat(idle).isEqualTo(1);
            assertThat(endedIds()).hasSize(arrivals);
            assertThat(world.desk().load().currentUnits()).isZero();
            assertThat(world.desk().load().working()).isEmpty();
            checkOrder();
            clients.forEach((_, client) -> assertThat(client.replies).hasSizeLessThanOrEqualTo(1));
        }

        private void checkOrder() {
            var last = new HashMap<String, Long>();
            var stages = new HashMap<RequestId, Integer>();
            for (WorkerEvent event : world.events) {
                switch (event) {
                    case RequestAdmitted one ->
                        assertThat(stages.put(one.id(), 1)).isNull();
                    case RequestStarted one ->
                        assertThat(stages.put(one.id(), 2)).isEqualTo(1);
                    case RequestEnded one -> {
                        Integer before = stages.put(one.request().id(), 3);
                        assertThat(before == null || before < 3).isTrue();
                    }
                    default -> throw new AssertionError("not an event of a request: " + event);
                }
                // On a serial queue requests start in order of arrival, so their numbers grow.
                if (event instanceof RequestStarted started
                        && !queues.getOrDefault(started.id(), "").isEmpty()) {
                    long number = started.id().number();
                    Long before = last.put(queues.getOrDefault(started.id(), ""), number);
                    assertThat(before == null || before < number).isTrue();
                }
            }
        }
    }
}
