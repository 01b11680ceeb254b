package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.NoProcess;
import dev.dray.domain.rig.ScriptedHealth;
import dev.dray.domain.rig.VirtualTime;
import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.PlatformReference;
import dev.dray.model.RequestId;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.PlatformRoutes;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.SessionAnswer;
import dev.dray.port.outbound.Timers;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.SessionClosed;
import dev.dray.port.outbound.WorkerEvent.SessionOpened;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Sessions on real threads: their ends race each other, their expiry and their requests.
class SessionThreadsTest {
    private static final int SESSIONS = 150;
    private static final int REQUESTS = 5;
    private static final int ENDS = 2;

    // About as long as a request takes: ends, expiries and requests meet in every order.
    private static final long RING_NANOS = 1_000_000;

    private final Queue<WorkerEvent> events = new ConcurrentLinkedQueue<>();
    private final FakeRoutes routes = new FakeRoutes();
    private final AtomicLong ticks = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RequestDesk desk = new RequestDesk(
            RequestWorld.workerPlan(
                    new WorkerPlan.Limits(10_000, 10_000, OptionalInt.empty()),
                    List.of(RequestWorld.plan(
                            new RequestWorld.ScriptedRoute("/parallel"),
                            Concurrency.parallel(),
                            Optional.empty(),
                            Optional.empty()))),
            ports(),
            () -> RequestWorld.READY);

    @Test
    void closesEachSessionOnceWhoeverEndsIt() throws Exception {
        var idle = new CountDownLatch(1);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            // Every second session has expired when it is opened.
            String lifetime = Integer.toString(i % 2);
            done.add(threads.submit(() -> session(lifetime)));
        }
        for (Future<?> future : done) {
            future.get(60, TimeUnit.SECONDS);
        }
        desk.drain(idle::countDown);
        assertThat(idle.await(60, TimeUnit.SECONDS)).isTrue();
        threads.close();

        List<RequestId> opened =
                told(SessionOpened.class).stream().map(SessionOpened::id).toList();
        assertThat(opened).hasSize(SESSIONS).doesNotHaveDuplicates();
        assertThat(told(SessionClosed.class)).extracting(SessionClosed::id).containsExactlyInAnyOrderElementsOf(opened);
        assertThat(told(RequestEnded.class))
                .extracting(one -> one.request().id())
                .doesNotHaveDuplicates()
                .hasSize(SESSIONS * (1 + REQUESTS + ENDS));
        long endedByOwner = told(SessionClosed.class).stream()
                .filter(one -> one.reason().equals("ended"))
                .count();
        assertThat(routes.answers.stream().filter(SessionAnswer.Ended.class::isInstance))
                .hasSize((int) endedByOwner);
        LoadSnapshot load = desk.load();
        assertThat(load.currentUnits()).isZero();
        assertThat(load.inFlight() + load.queued() + load.sessions()).isZero();
        assertThat(load.working()).isEmpty();
        assertThat(load.receivedUnits()).isEqualTo(load.servedUnits() + load.cancelledUnits());
    }

    private void session(String lifetime) {
        var opener = new WaitingClient();
        desk.arrive(
                request(FakeRoutes.CREATE, new HeaderField("lifetime", lifetime), new HeaderField("units", "7")),
                opener);
        String id = opener.text;
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            clients.add(threads.submit(() -> carry(request("/parallel", new HeaderField("session", id)))));
        }
        for (int i = 0; i < ENDS; i++) {
            clients.add(threads.submit(() -> {
                LockSupport.parkNanos(RING_NANOS);
                carry(request(FakeRoutes.END, new HeaderField("id", id)));
            }));
        }
        clients.forEach(SessionThreadsTest::await);
    }

    private void carry(InboundRequest request) {
        var client = new WaitingClient();
        Ticket ticket = desk.arrive(request, client);
        if (client.decided.join()) {
            desk.proceed(ticket);
        }
        assertThat(client.replies.get()).isLessThanOrEqualTo(1);
    }

    private static void await(Future<?> future) {
        try {
            future.get(60, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError("a client never came to an end", failed);
        }
    }

    private static InboundRequest request(String path, HeaderField... headers) {
        return new InboundRequest("POST", path, List.of(headers), Bytes.utf8("{\"units\": 1}"), 0, "");
    }

    private <E extends WorkerEvent> List<E> told(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private WorkerPorts ports() {
        return new WorkerPorts(
                new InlineModel(),
                new ScriptedHealth(),
                new OpenPlatform(),
                events::add,
                new RequestWorld.NoStore(),
                this::soon,
                () -> ticks.addAndGet(1_000_000),
                new VirtualTime(),
                new PromptCallbacks(),
                List.of(new NoProcess()),
                new SplittableRandom(1),
                new SplittableRandom(2));
    }

    // Rings soon, which is too early: the session looks at the ticker and sets the timer again.
    private Timers.Timer soon(Duration delay, Runnable task) {
        var cancelled = new AtomicBoolean();
        threads.execute(() -> {
            LockSupport.parkNanos(RING_NANOS);
            if (!cancelled.get()) {
                task.run();
            }
        });
        return () -> cancelled.set(true);
    }

    private final class PromptCallbacks implements CallbackSender {
        @Override
        public Optional<String> objection(String target) {
            return Optional.empty();
        }

        @Override
        public void send(int server, Callback callback, Consumer<Delivery> done) {
            threads.execute(() -> done.accept(new Delivery.Answered(200)));
        }
    }

    private final class OpenPlatform implements PlatformProtocol {
        @Override
        public Opened open(InboundRequest request) {
            return new Opened.Complete(new Envelope(
                    RequestPayload.of(request.body().utf8Text()),
                    HeaderField.first(request.headers(), "session"),
                    new RequestWorld.Reference("r")));
        }

        @Override
        public Verdict verify(PlatformReference reference) {
            return Verdict.VERIFIED;
        }

        @Override
        public PlatformRoutes routes() {
            return routes;
        }

        @Override
        public Reply refusal(Refusal refusal) {
            return Reply.empty(refusal.kind().status());
        }
    }
}
