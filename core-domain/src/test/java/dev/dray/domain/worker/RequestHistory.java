package dev.dray.domain.worker;

import dev.dray.domain.worker.RequestWorld.Call;
import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.domain.worker.RequestWorld.ScriptedRoute;
import dev.dray.model.HeaderField;
import dev.dray.model.ReadinessState;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.outbound.PlatformProtocol.Verdict;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// One random history, from a seed: requests, sessions, answers, hang-ups, time.
final class RequestHistory {
    static final WorkerPlan.Limits LIMITS = new WorkerPlan.Limits(6, 14, OptionalInt.of(4));

    private static final int ROUNDS_TO_THE_END = 1_000;

    private final SplittableRandom random;
    private final RequestWorld world;
    private final List<RoutePlan> plans = new ArrayList<>();
    private final Map<RequestId, Client> clients = new LinkedHashMap<>();
    private final Map<RequestId, String> queues = new HashMap<>();
    private final List<String> sessions = new ArrayList<>();
    private final int servers;
    private long usable;
    private int arrivals;
    private int idle;

    RequestHistory(long seed) {
        random = new SplittableRandom(seed);
        plans.add(plan("/serial", Concurrency.serial()));
        plans.add(plan("/same", Concurrency.serial()));
        plans.add(plan("/own", new Concurrency.Serial("own")));
        plans.add(plan("/parallel", Concurrency.parallel()));
        // Every second worker is still loading and lets requests wait for it.
        Optional<Duration> hold = random.nextBoolean() ? Optional.of(Duration.ofSeconds(5)) : Optional.empty();
        // Every second worker has several model servers.
        servers = random.nextBoolean() ? 1 : random.nextInt(2, 5);
        usable = -1L >>> (Long.SIZE - servers);
        world = new RequestWorld(servers, LIMITS, hold, plans.toArray(RoutePlan[]::new));
        if (hold.isPresent()) {
            world.standing = RequestWorld.standing(ReadinessState.LOADING, false, false, 0);
        }
    }

    RequestWorld world() {
        return world;
    }

    /// Everybody who came, in order of arrival.
    Map<RequestId, Client> clients() {
        return clients;
    }

    /// The serial queue a request would run in; empty for none.
    String queue(RequestId id) {
        return queues.getOrDefault(id, "");
    }

    int arrivals() {
        return arrivals;
    }

    int idle() {
        return idle;
    }

    void step() {
        switch (random.nextInt(17)) {
            case 0, 1, 2, 3 -> arrive();
            case 4, 5, 6 -> proceed();
            case 7, 8, 9 -> modelServer();
            case 10 -> hangUp();
            case 11 -> openSession();
            case 12 -> useSession();
            case 13 -> callback();
            case 14 -> beReady();
            case 15 -> comeAndGo();
            default -> world.time.pass(Duration.ofMillis(random.nextInt(3_000)));
        }
    }

    int servers() {
        return servers;
    }

    /// Whether a model server takes new requests now.
    boolean isUsable(int server) {
        return (usable & 1L << server) != 0;
    }

    // One server goes down or comes back; where none would be left, all are taken for usable.
    private void comeAndGo() {
        long all = -1L >>> (Long.SIZE - servers);
        long next = usable ^ 1L << random.nextInt(servers);
        usable = next == 0 ? all : next;
        world.desk().serveWith(usable);
    }

    /// Lets everything come to its end.
    void finish() {
        boolean givesUp = random.nextInt(4) == 0;
        world.desk().drain(() -> idle++);
        if (givesUp) {
            world.desk().abandon();
        }
        for (int i = 0; i < ROUNDS_TO_THE_END && idle == 0; i++) {
            world.run();
            open().forEach(call -> call.answer(200));
            callback();
        }
        world.time.pass(Duration.ZERO);
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

    private void arrive() {
        RoutePlan plan = plans.get(random.nextInt(plans.size()));
        String extra = switch (random.nextInt(20)) {
            case 0 -> ", \"check\": 1";
            case 1 -> ", \"wrong\": 1";
            case 2 -> ", \"request\": 1";
            default -> "";
        };
        String body = random.nextInt(20) == 0 ? "malformed" : "{\"units\": " + random.nextInt(30) + extra + "}";
        HeaderField[] headers = random.nextInt(3) == 0
                ? new HeaderField[] {new HeaderField("session", anySession())}
                : new HeaderField[0];
        Client client = came(world.arrive(plan.path(), body, headers));
        if (plan.concurrency() instanceof Concurrency.Serial(String queue)) {
            queues.put(client.ticket().id(), queue);
        }
    }

    private void openSession() {
        String units = Integer.toString(random.nextInt(30));
        String lifetime = Integer.toString(random.nextInt(20) - 2);
        String[] close = switch (random.nextInt(8)) {
            case 0 -> new String[] {"close", "forbidden"};
            case 1, 2, 3 -> new String[] {"close", "there"};
            default -> new String[0];
        };
        var fields = new ArrayList<>(List.of("units", units, "lifetime", lifetime));
        fields.addAll(List.of(close));
        Client client = came(world.ask(FakeRoutes.CREATE, fields.toArray(String[]::new)));
        if (client.status() == 201) {
            sessions.add(client.text());
        }
    }

    private void useSession() {
        String secret = random.nextInt(5) == 0 ? "somebody's" : "mine";
        String path = List.of(FakeRoutes.GET, FakeRoutes.HEALTH, FakeRoutes.END, FakeRoutes.UPDATE)
                .get(random.nextInt(4));
        came(world.ask(path, "id", anySession(), "secret", secret));
    }

    private Client came(Client client) {
        arrivals++;
        clients.put(client.ticket().id(), client);
        world.platform.verdict = random.nextInt(20) == 0 ? Verdict.UNVERIFIED : Verdict.VERIFIED;
        return client;
    }

    private String anySession() {
        int known = Math.min(sessions.size(), 5);
        return known == 0 || random.nextInt(10) == 0
                ? "unknown"
                : sessions.get(sessions.size() - 1 - random.nextInt(known));
    }

    private void callback() {
        if (world.callbacks.open.isEmpty()) {
            return;
        }
        if (random.nextBoolean()) {
            world.callbacks.comeBack();
        } else {
            world.callbacks.fail();
        }
    }

    private void beReady() {
        if (random.nextInt(3) == 0) {
            world.standing = RequestWorld.READY;
            world.desk().readinessChanged();
        }
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
            all.get(all.size() - 1 - random.nextInt(Math.min(all.size(), 20))).hangUp();
        }
    }

    private List<Call> open() {
        Set<RequestId> ended = world.ended().stream().map(RequestRecord::id).collect(Collectors.toSet());
        return world.model.calls.stream()
                .filter(call ->
                        !ended.contains(((Client) call.call.sink()).ticket().id()))
                .toList();
    }
}
