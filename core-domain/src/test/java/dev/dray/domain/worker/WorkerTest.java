package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.model.HeaderField;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.port.outbound.Refusal.Kind;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Both desks together, behind the inbound ports. The plan has neither log nor health URL and a pinned
/// capacity.
class WorkerTest {
    private final RequestWorld world = new RequestWorld();
    private final Worker worker = new Worker(
            RequestWorld.workerPlan(
                    WorkerPlan.Limits.DEFAULT, List.of(RequestWorld.plan("/serial", Concurrency.serial()))),
            world.ports());

    @Test
    void refusesRequestsUntilItIsReadyAndServesThemFromThen() {
        Client early = world.arriveAt(worker, "/serial", 1);
        assertThat(early.status()).isEqualTo(503);
        assertThat(world.refusal().kind()).isEqualTo(Kind.NOT_READY);

        worker.start();
        assertThat(worker.readiness().state()).isEqualTo(ReadinessState.READY);
        Client client = world.arriveAt(worker, "/serial", 3);
        worker.proceed(client.ticket());
        client.call().answer(200);

        assertThat(worker.load().servedUnits()).isEqualTo(3);
        assertThat(worker.load().capacityUnitsPerSecond()).hasValue(10);
        assertThat(worker.load().loadTime()).isPresent();
        assertThat(worker.benchmark()).isEmpty();
        assertThat(worker.methods("/serial")).containsExactly("POST");
    }

    @Test
    void drainsItsRequestsThenStops() {
        worker.start();
        Client client = world.arriveAt(worker, "/serial", 3);
        worker.proceed(client.ticket());
        var idle = new int[1];

        worker.drain(() -> idle[0]++);
        assertThat(worker.readiness().state()).isEqualTo(ReadinessState.DRAINING);
        assertThat(world.arriveAt(worker, "/serial", 1).status()).isEqualTo(503);
        assertThat(idle[0]).isZero();
        client.call().answer(200);

        assertThat(idle[0]).isEqualTo(1);
        assertThat(worker.readiness().state()).isEqualTo(ReadinessState.STOPPED);
        assertThat(world.arriveAt(worker, "/serial", 1).status()).isEqualTo(503);
        WorkerEvent.RequestEnded last =
                new WorkerEvent.RequestEnded(world.ended().getLast());
        assertThat(world.events.getLast()).isEqualTo(last);
    }

    @Test
    void tellsThatItStoppedAfterTheLastOutcome() {
        worker.start();
        Client client = world.arriveAt(worker, "/serial", 3);
        worker.drain(() -> {});

        worker.cancel(client.ticket());

        assertThat(world.events.getLast())
                .isInstanceOfSatisfying(
                        ReadinessChanged.class,
                        changed -> assertThat(changed.to().state()).isEqualTo(ReadinessState.STOPPED));
    }

    @Test
    void abandonsWhatStillRuns() {
        worker.start();
        Client client = world.arriveAt(worker, "/serial", 3);
        worker.proceed(client.ticket());

        worker.abandon();

        assertThat(client.call().aborts).isEqualTo(1);
    }

    @Test
    void readsTheModelServersLog() {
        worker.start();
        worker.runBegan("log");
        worker.line(new LogLine(1, "nothing", true));
        worker.caughtUp();

        assertThat(worker.readiness().state()).isEqualTo(ReadinessState.READY);
    }

    @Test
    void letsHeldRequestsGoOnOnceItIsReady() {
        var holding = new Worker(
                RequestWorld.workerPlan(
                        1,
                        WorkerPlan.Limits.DEFAULT,
                        Optional.of(Duration.ofSeconds(60)),
                        List.of(RequestWorld.plan("/serial", Concurrency.serial()))),
                world.ports());
        Client early = world.arriveAt(holding, "/serial", 3);
        assertThat(holding.load().held()).isEqualTo(1);

        holding.start();
        assertThat(early.turnsTold).isZero();
        world.time.pass(Duration.ZERO);

        assertThat(early.turnsTold).isEqualTo(1);
        holding.proceed(early.ticket());
        early.call().answer(200);
        assertThat(holding.load().servedUnits()).isEqualTo(3);
    }

    @Test
    void servesThePlatformsPathsOnBothListeners() {
        worker.start();
        Client create = world.arriveAt(worker, FakeRoutes.CREATE, 0);
        assertThat(create.status()).isEqualTo(201);
        assertThat(worker.methods(FakeRoutes.CREATE)).containsExactly("POST");
        assertThat(worker.internal().methods(FakeRoutes.CREATE)).isEmpty();

        Client end = world.arriveAt(worker.internal(), FakeRoutes.END, 0, new HeaderField("id", create.text()));

        assertThat(end.status()).isEqualTo(200);
        assertThat(worker.load().sessions()).isZero();
    }
}
