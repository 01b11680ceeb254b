package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.domain.worker.RequestWorld.ScriptedRoute;
import dev.dray.model.Outcome;
import dev.dray.model.ReadinessState;
import dev.dray.port.outbound.PlatformProtocol.Verdict;
import dev.dray.port.outbound.Refusal.Kind;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests that wait for the first READY.
class HoldTest {
    private static final Duration HOLD = Duration.ofSeconds(60);

    private final ScriptedRoute serial = new ScriptedRoute("/serial");
    private final RequestWorld world = new RequestWorld(
            new WorkerPlan.Limits(2, 5, OptionalInt.empty()),
            Optional.of(HOLD),
            RequestWorld.plan(serial, Concurrency.serial(), Optional.empty(), Optional.empty()),
            RequestWorld.plan("/parallel", Concurrency.parallel()));

    @BeforeEach
    void loads() {
        world.standing = RequestWorld.standing(ReadinessState.LOADING, false, false, 0);
    }

    @Test
    void waitAndAreCountedButAreNotWorkYet() {
        Client client = world.arrive("/serial", 3);

        assertThat(client.replies).isEmpty();
        assertThat(world.desk().load().held()).isEqualTo(1);
        assertThat(world.desk().load().currentUnits()).isZero();
        assertThat(world.desk().load().working()).isEmpty();
        assertThat(world.events).isEmpty();
    }

    @Test
    void goOnInOrderOfArrivalOnATimersThreadOnceItIsReady() {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(world.arrive("/serial", 3));
        }

        beReady();
        assertThat(world.told(RequestAdmitted.class)).isEmpty();
        world.time.pass(Duration.ZERO);

        assertThat(world.told(RequestAdmitted.class))
                .extracting(RequestAdmitted::id)
                .containsExactlyElementsOf(
                        clients.stream().map(client -> client.ticket().id()).toList());
        assertThat(world.desk().load().held()).isZero();
        world.run();
        for (Client client : clients) {
            client.call().answer(200);
            world.run();
            assertThat(world.record(client).outcome()).isEqualTo(Outcome.SERVED);
        }
        assertThat(world.desk().load().requestsReceived()).isEqualTo(3);
        assertThat(world.time.waiting()).isZero();
    }

    @Test
    void doNotWaitWithoutAValidSignature() {
        world.platform.verdict = Verdict.UNVERIFIED;

        assertThat(world.arrive("/serial", 1).status()).isEqualTo(401);
        assertThat(world.arrive("/serial", "malformed").status()).isEqualTo(422);
        assertThat(world.desk().load().held()).isZero();
    }

    @Test
    void goThroughTheRemainingChecksOnlyThen() {
        serial.check = _ -> Map.of("field", "wrong");
        Client invalid = world.arrive("/serial", 1);
        Client stranger = world.arriveIn("unknown", "/parallel", 1);
        assertThat(invalid.replies).isEmpty();

        beReady();
        world.time.pass(Duration.ZERO);

        assertThat(invalid.status()).isEqualTo(422);
        assertThat(stranger.status()).isEqualTo(410);
        assertThat(world.record(stranger).reference()).isPresent();
        assertThat(world.desk().load().requestsReceived()).isEqualTo(2);
    }

    @Test
    void newcomersDoNotOvertakeThoseWhoWait() {
        Client first = world.arrive("/serial", 1);
        beReady();

        Client second = world.arrive("/serial", 1);
        assertThat(world.desk().load().held()).isEqualTo(2);
        world.time.pass(Duration.ZERO);

        assertThat(world.told(RequestAdmitted.class))
                .extracting(RequestAdmitted::id)
                .containsExactly(first.ticket().id(), second.ticket().id());
        assertThat(world.arrive("/parallel", 1).turnsTold).isEqualTo(1);
    }

    @Test
    void areRefusedAfterTheirTime() {
        Client client = world.arrive("/serial", 1);
        world.time.pass(HOLD.minusNanos(1));
        assertThat(client.replies).isEmpty();
        world.time.pass(Duration.ofNanos(1));

        assertThat(client.status()).isEqualTo(503);
        assertThat(world.refusal().kind()).isEqualTo(Kind.NOT_READY);
        assertThat(world.refusal().retryAfter()).isPresent();
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.record(client).reference()).isPresent();
        assertThat(world.desk().load().held()).isZero();
        assertThat(world.desk().load().rejectedUnits()).isZero();
    }

    @Test
    void endAsCancelledWhereTheClientHangsUp() {
        Client client = world.arrive("/serial", 1);

        client.hangUp();
        client.hangUp();

        assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(world.record(client).status()).isZero();
        assertThat(client.replies).isEmpty();
        assertThat(world.desk().load().held()).isZero();
        assertThat(world.time.waiting()).isZero();
        beReady();
        world.time.pass(Duration.ZERO);
        assertThat(world.told(RequestAdmitted.class)).isEmpty();
    }

    @Test
    void keepTheirTicketWhenTheyRunOrQueue() {
        Client running = world.arrive("/serial", 1);
        Client queued = world.arrive("/serial", 1);
        beReady();
        world.time.pass(Duration.ZERO);
        world.run();

        running.hangUp();
        queued.hangUp();

        assertThat(running.call().aborts).isEqualTo(1);
        assertThat(world.record(queued).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void areCancelledAlsoWhereTheClientHangsUpWhileTheyAreChecked() {
        Client client = world.arrive("/serial", 1);
        serial.workload = _ -> {
            client.hangUp();
            return 1.0;
        };
        beReady();

        world.time.pass(Duration.ZERO);
        world.run();

        assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(client.reachedModel()).isFalse();
        assertThat(world.desk().load().inFlight()).isZero();
        assertThat(world.running("/serial", 1).reachedModel()).isTrue();
    }

    @Test
    void countAgainstTheLimitOfRequests() {
        for (int i = 0; i < 5; i++) {
            world.arrive("/serial", 1);
        }

        Client tooMany = world.arrive("/serial", 1);

        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(world.refusal().kind()).isEqualTo(Kind.TOO_MANY_REQUESTS);
        assertThat(world.refusal().retryAfter()).isPresent();
        assertThat(world.record(tooMany).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.desk().load().held()).isEqualTo(5);
    }

    @Test
    void theOneThatIsBeingCheckedKeepsItsPlace() {
        for (int i = 0; i < 5; i++) {
            world.arrive("/serial", 1);
        }
        List<Client> late = new ArrayList<>();
        serial.check = _ -> {
            if (late.isEmpty()) {
                late.add(world.arrive("/serial", 1));
            }
            return Map.of();
        };
        beReady();

        world.time.pass(Duration.ZERO);

        assertThat(late.getFirst().status()).isEqualTo(429);
        assertThat(world.record(late.getFirst()).reason()).contains("until it is READY");
    }

    @Test
    void areShedWhereTheQueueIsFullInTheEnd() {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(world.arrive("/serial", 1));
        }
        beReady();
        world.time.pass(Duration.ZERO);

        assertThat(clients.getLast().status()).isEqualTo(429);
        assertThat(world.refusal().kind()).isEqualTo(Kind.QUEUE_FULL);
        assertThat(world.desk().load().queued()).isEqualTo(2);
    }

    @Test
    void areRefusedWhenTheWorkerDrains() {
        Client client = world.arrive("/serial", 1);
        int[] idle = {0};

        world.desk().drain(() -> idle[0]++);

        assertThat(client.status()).isEqualTo(503);
        assertThat(world.refusal().kind()).isEqualTo(Kind.DRAINING);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(idle[0]).isEqualTo(1);
        assertThat(world.time.waiting()).isZero();
        assertThat(world.arrive("/serial", 1).status()).isEqualTo(503);
    }

    @Test
    void areRefusedWhenTheWorkerGivesUp() {
        Client client = world.arrive("/serial", 1);

        world.desk().abandon();

        assertThat(client.status()).isEqualTo(503);
        assertThat(world.refusal().kind()).isEqualTo(Kind.DRAINING);
    }

    @Test
    void whoComesAfterTheFirstReadyNeverWaits() {
        beReady();
        world.time.pass(Duration.ZERO);
        world.standing = RequestWorld.standing(ReadinessState.UNHEALTHY, true, false, 10);

        assertThat(world.running("/serial", 1).reachedModel()).isTrue();
    }

    @Test
    void thoseThatParkWhileTheDoorOpensGoOnAtOnce() {
        boolean[] opened = {false};
        world.onStanding = () -> {
            // Ready, and everybody released, between the look at the state and the parking.
            if (!opened[0]) {
                opened[0] = true;
                beReady();
                world.time.pass(Duration.ZERO);
            }
        };

        Client client = world.running("/serial", 1);

        assertThat(client.reachedModel()).isTrue();
    }

    @Test
    void anOrderForASessionDoesNotWait() {
        Client order = world.ask(FakeRoutes.CREATE);

        assertThat(order.status()).isEqualTo(503);
        assertThat(world.refusal().kind()).isEqualTo(Kind.NOT_READY);
    }

    private void beReady() {
        world.standing = RequestWorld.READY;
        world.desk().readinessChanged();
    }
}
