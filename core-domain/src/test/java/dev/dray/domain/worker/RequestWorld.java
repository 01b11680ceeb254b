package dev.dray.domain.worker;

import dev.dray.domain.rig.NoProcess;
import dev.dray.domain.rig.ScriptedHealth;
import dev.dray.domain.rig.VirtualTime;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.PlatformReference;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.BenchmarkStore;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.ModelServer;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.PlatformRoutes;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.spi.Concurrency;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request desk between a client, a platform and a model server that do what the test says, one step
/// at a time.
final class RequestWorld {
    static final Set<String> OPEN_PATHS = Set.of("/v1/models");
    static final Standing READY = standing(ReadinessState.READY, true, false, 10);

    final VirtualTime time = new VirtualTime();
    final List<WorkerEvent> events = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final Deque<Client> turns = new ArrayDeque<>();
    final List<Refusal> refusals = new ArrayList<>();
    final FakePlatform platform = new FakePlatform();
    final FakeModel model = new FakeModel();
    final FakeRoutes routes = new FakeRoutes();
    final FakeCallbacks callbacks = new FakeCallbacks();
    Standing standing = READY;
    Runnable onPortCall = () -> {};
    Runnable onStanding = () -> {};
    private final RequestDesk desk;

    RequestWorld(RoutePlan... routes) {
        this(WorkerPlan.Limits.DEFAULT, routes);
    }

    RequestWorld(WorkerPlan.Limits limits, RoutePlan... routes) {
        this(limits, Optional.empty(), routes);
    }

    RequestWorld(WorkerPlan.Limits limits, Optional<Duration> hold, RoutePlan... routes) {
        this(1, limits, hold, routes);
    }

    RequestWorld(int servers, WorkerPlan.Limits limits, Optional<Duration> hold, RoutePlan... routes) {
        List<RoutePlan> served = routes.length > 0 ? List.of(routes) : List.of(plan("/serial", Concurrency.serial()));
        this.routes.onCall = () -> onPortCall.run();
        callbacks.onCall = () -> onPortCall.run();
        desk = new RequestDesk(workerPlan(servers, limits, hold, served), ports(), () -> {
            onStanding.run();
            return standing;
        });
    }

    RequestDesk desk() {
        return desk;
    }

    /// A route of this world's script with a maximal estimated wait of 30 s and no queue time-out.
    static RoutePlan plan(Route route, Concurrency concurrency) {
        return plan(route, concurrency, Optional.of(Duration.ofSeconds(30)), Optional.empty());
    }

    static RoutePlan plan(String path, Concurrency concurrency) {
        return plan(new ScriptedRoute(path), concurrency);
    }

    static RoutePlan plan(
            Route route, Concurrency concurrency, Optional<Duration> maxQueueTime, Optional<Duration> queueTimeOut) {
        return new RoutePlan(route, concurrency, maxQueueTime, queueTimeOut, TimeOuts.SERIAL, Optional.empty());
    }

    static Standing standing(ReadinessState state, boolean everReady, boolean draining, double capacity) {
        OptionalDouble known = capacity > 0 ? OptionalDouble.of(capacity) : OptionalDouble.empty();
        var readiness = new Readiness(state, Instant.EPOCH, "because");
        return new Standing(readiness, everReady, draining, known, Optional.empty());
    }

    static WorkerPlan workerPlan(WorkerPlan.Limits limits, List<RoutePlan> routes) {
        return workerPlan(1, limits, Optional.empty(), routes);
    }

    static WorkerPlan workerPlan(
            int servers, WorkerPlan.Limits limits, Optional<Duration> hold, List<RoutePlan> routes) {
        return new WorkerPlan(
                "fake",
                routes,
                OPEN_PATHS,
                new LogRules(List.of(), List.of(), List.of()),
                Collections.nCopies(servers, new WorkerPlan.ServerPlan("", new WorkerPlan.LoadSignal.Health(), false)),
                Optional.empty(),
                WorkerPlan.HealthPolicy.DEFAULT,
                "key",
                OptionalDouble.of(10),
                limits,
                hold);
    }

    WorkerPorts ports() {
        return new WorkerPorts(
                model,
                new ScriptedHealth(),
                platform,
                event -> {
                    onPortCall.run();
                    events.add(event);
                },
                new NoStore(),
                (delay, task) -> {
                    onPortCall.run();
                    return time.after(delay, task);
                },
                time,
                time,
                callbacks,
                List.of(new NoProcess()),
                new SplittableRandom(1),
                new SplittableRandom(2));
    }

    /// A client whose request of that many units has arrived.
    Client arrive(String path, double units) {
        return arrive(path, "{\"units\": " + units + "}");
    }

    Client arrive(String path, String body, HeaderField... headers) {
        return arrive("POST", path, body, headers);
    }

    Client arrive(String method, String path, String body, HeaderField... headers) {
        var client = new Client();
        client.ticket = desk.arrive(request(method, path, body, headers), client);
        return client;
    }

    /// The same at a gate of the test's own.
    Client arriveAt(RequestGate gate, String path, double units, HeaderField... headers) {
        var client = new Client();
        client.ticket = gate.arrive(request("POST", path, "{\"units\": " + units + "}", headers), client);
        return client;
    }

    /// A client that asks one of the platform's own paths; names and values by turns.
    Client ask(String path, String... fields) {
        var headers = new HeaderField[fields.length / 2];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = new HeaderField(fields[2 * i], fields[2 * i + 1]);
        }
        return arrive(path, "", headers);
    }

    /// A session that was opened.
    String session(String... fields) {
        Client client = ask(FakeRoutes.CREATE, fields);
        if (client.status() != 201) {
            throw new AssertionError("expected a session, got " + client.replies);
        }
        return client.text();
    }

    /// A request of that many units inside a session.
    Client arriveIn(String session, String path, double units) {
        return arrive(path, "{\"units\": " + units + "}", new HeaderField("session", session));
    }

    Client runningIn(String session, String path, double units) {
        Client client = arriveIn(session, path, units);
        run();
        return client;
    }

    /// All events of a kind.
    <E extends WorkerEvent> List<E> told(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private InboundRequest request(String method, String path, String body, HeaderField... headers) {
        return new InboundRequest(method, path, List.of(headers), Bytes.utf8(body), time.nanos(), "client:1");
    }

    /// Lets every request whose turn has come proceed on "its own thread".
    void run() {
        while (!turns.isEmpty()) {
            turns.remove().goOn();
        }
    }

    Client running(String path, double units) {
        Client client = arrive(path, units);
        run();
        return client;
    }

    List<RequestRecord> ended() {
        return told(RequestEnded.class).stream().map(RequestEnded::request).toList();
    }

    RequestRecord record(Client client) {
        List<RequestRecord> records = ended().stream()
                .filter(record -> record.id().equals(client.ticket().id()))
                .toList();
        if (records.size() != 1) {
            throw new AssertionError(
                    "expected one record of request " + client.ticket().id() + ", got " + records);
        }
        return records.getFirst();
    }

    Refusal refusal() {
        return refusals.getLast();
    }

    record Reference(String name) implements PlatformReference {}

    /// The client's side of one request.
    final class Client implements Responder {
        @Nullable
        Ticket ticket;

        final List<Reply> replies = new ArrayList<>();
        int turnsTold;
        int brokenOff;

        Ticket ticket() {
            if (ticket == null) {
                throw new AssertionError("not arrived yet");
            }
            return ticket;
        }

        @Override
        public void proceed() {
            onPortCall.run();
            turnsTold++;
            turns.add(this);
        }

        void goOn() {
            desk.proceed(ticket());
        }

        void hangUp() {
            desk.cancel(ticket());
        }

        Call call() {
            return model.calls.stream()
                    .filter(call -> call.call.sink() == this)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the model server never saw request " + ticket));
        }

        boolean reachedModel() {
            return model.calls.stream().anyMatch(call -> call.call.sink() == this);
        }

        int status() {
            return replies.getLast().status();
        }

        String text() {
            return replies.getLast().body().utf8Text();
        }

        @Override
        public void reply(Reply reply) {
            onPortCall.run();
            replies.add(reply);
        }

        @Override
        public void head(ResponseHead head) {}

        @Override
        public void chunk(byte[] array, int offset, int length) {}

        @Override
        public void end() {}

        @Override
        public void breakOff() {
            onPortCall.run();
            brokenOff++;
        }
    }

    /// Keeps what it is asked, answers when told.
    final class FakeModel implements ModelServer {
        final List<Call> calls = new ArrayList<>();
        Runnable beforeBegun = () -> {};

        @Override
        public void start(ModelCall modelCall, Exchange exchange) {
            onPortCall.run();
            var call = new Call(modelCall, exchange);
            calls.add(call);
            beforeBegun.run();
            exchange.begun(call);
        }

        @Override
        public void launch(ModelCall call, Exchange exchange) {
            throw new AssertionError("only the benchmark launches");
        }
    }

    /// One request at the model server.
    final class Call implements Abort {
        final ModelCall call;
        private final Exchange exchange;
        int aborts;

        Call(ModelCall call, Exchange exchange) {
            this.call = call;
            this.exchange = exchange;
        }

        @Override
        public void abort() {
            onPortCall.run();
            aborts++;
        }

        void head(int status) {
            exchange.head(status);
        }

        void end() {
            exchange.ended();
        }

        void answer(int status) {
            head(status);
            end();
        }

        void fail(ModelFailure.Kind kind) {
            exchange.failed(new ModelFailure(kind, "the model server said " + kind));
        }
    }

    /// Body `malformed` is no envelope; the header `session` names one; verdicts are the test's.
    final class FakePlatform implements PlatformProtocol {
        Verdict verdict = Verdict.VERIFIED;

        @Override
        public Opened open(InboundRequest request) {
            onPortCall.run();
            calls.add("open");
            String body = request.body().utf8Text();
            if (body.equals("malformed")) {
                return new Opened.Malformed(Reply.text(422, "malformed"));
            }
            return new Opened.Complete(new Envelope(
                    RequestPayload.of(body),
                    HeaderField.first(request.headers(), "session"),
                    new Reference(
                            HeaderField.first(request.headers(), "reference").orElse("none"))));
        }

        @Override
        public Verdict verifyOpen(InboundRequest request) {
            onPortCall.run();
            return verdict;
        }

        @Override
        public Verdict verify(PlatformReference reference) {
            onPortCall.run();
            calls.add("verify");
            return verdict;
        }

        @Override
        public PlatformRoutes routes() {
            return routes;
        }

        @Override
        public Reply refusal(Refusal refusal) {
            onPortCall.run();
            refusals.add(refusal);
            return Reply.text(refusal.kind().status(), refusal.message());
        }
    }

    /// Costs what the payload's `units` say; the rest is the test's.
    static final class ScriptedRoute implements Route {
        private final String path;
        Function<RequestPayload, Map<String, String>> check = _ -> Map.of();
        Function<RequestPayload, ModelRequest> request = _ -> ModelRequest.unchanged();
        Function<RequestPayload, Double> workload =
                payload -> payload.numeric("/units").orElse(1);

        ScriptedRoute(String path) {
            this.path = path;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public Map<String, String> check(RequestPayload payload) {
            return check.apply(payload);
        }

        @Override
        public double workload(RequestPayload payload) {
            return workload.apply(payload);
        }

        @Override
        public ModelRequest request(RequestPayload payload) {
            return request.apply(payload);
        }
    }

    static final class NoStore implements BenchmarkStore {
        @Override
        public Optional<BenchmarkResult> load(String key) {
            return Optional.empty();
        }

        @Override
        public void save(String key, BenchmarkResult result) {}
    }
}
