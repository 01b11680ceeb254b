package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.NoCallbacks;
import dev.dray.domain.rig.NoProcess;
import dev.dray.domain.rig.ScriptedHealth;
import dev.dray.domain.rig.VirtualTime;
import dev.dray.model.Bytes;
import dev.dray.model.Outcome;
import dev.dray.model.PlatformReference;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.spi.Concurrency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The same on real threads: each request on its own, hang-ups from outside.
class RequestThreadsTest {
    private static final int REQUESTS = 2_000;

    private final Queue<WorkerEvent> events = new ConcurrentLinkedQueue<>();
    private final InlineModel model = new InlineModel();
    private final WorkerPorts ports = ports();
    private final RequestDesk desk = new RequestDesk(
            RequestWorld.workerPlan(
                    WorkerPlan.Limits.DEFAULT,
                    List.of(RequestWorld.plan(
                            new RequestWorld.ScriptedRoute("/serial"),
                            Concurrency.serial(),
                            Optional.empty(),
                            Optional.empty()))),
            ports,
            () -> RequestWorld.READY);

    @Test
    void givesEachRequestOneOutcomeAndNeverSharesTheLane() throws Exception {
        List<Future<?>> done = new ArrayList<>();
        var idle = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var random = new SplittableRandom(3);
            for (int i = 0; i < REQUESTS; i++) {
                boolean hangsUp = random.nextInt(3) == 0;
                done.add(threads.submit(() -> request(hangsUp, threads)));
            }
            for (Future<?> future : done) {
                future.get(60, TimeUnit.SECONDS);
            }
        }
        desk.drain(idle::countDown);

        assertThat(idle.await(60, TimeUnit.SECONDS)).isTrue();
        List<RequestEnded> ended = events.stream()
                .filter(RequestEnded.class::isInstance)
                .map(RequestEnded.class::cast)
                .toList();
        assertThat(ended.stream().map(end -> end.request().id()).distinct()).hasSize(REQUESTS);
        assertThat(ended).hasSize(REQUESTS);
        assertThat(ended).extracting(end -> end.request().outcome()).contains(Outcome.SERVED, Outcome.CANCELLED);
        assertThat(model.most()).isEqualTo(1);
        LoadSnapshot load = desk.load();
        assertThat(load.currentUnits()).isZero();
        assertThat(load.receivedUnits()).isEqualTo(load.servedUnits() + load.cancelledUnits());
    }

    private void request(boolean hangsUp, ExecutorService threads) {
        var client = new WaitingClient();
        Ticket ticket = desk.arrive(
                new InboundRequest("POST", "/serial", List.of(), Bytes.utf8("{\"units\": 1}"), 0, ""), client);
        if (hangsUp) {
            threads.execute(() -> {
                desk.cancel(ticket);
                client.decided.complete(false);
            });
        }
        if (client.decided.join()) {
            desk.proceed(ticket);
        }
    }

    private WorkerPorts ports() {
        var time = new VirtualTime();
        return new WorkerPorts(
                model,
                new ScriptedHealth(),
                new OpenPlatform(),
                events::add,
                new RequestWorld.NoStore(),
                time,
                time,
                time,
                new NoCallbacks(),
                List.of(new NoProcess()),
                new SplittableRandom(1),
                new SplittableRandom(2));
    }

    private static final class OpenPlatform implements PlatformProtocol {
        @Override
        public Opened open(InboundRequest request) {
            return new Opened.Complete(new Envelope(
                    RequestPayload.of(request.body().utf8Text()), Optional.empty(), new RequestWorld.Reference("r")));
        }

        @Override
        public Verdict verify(PlatformReference reference) {
            return Verdict.VERIFIED;
        }

        @Override
        public Reply refusal(Refusal refusal) {
            return Reply.empty(refusal.kind().status());
        }
    }
}
