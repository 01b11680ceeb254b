package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.outbound.Refusal.Kind;
import dev.dray.port.outbound.WorkerEvent.SessionClosed;
import dev.dray.port.outbound.WorkerEvent.SessionOpened;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What becomes of sessions when the worker ends (decision 24).
class SessionDrainTest {
    private final RequestWorld world = new RequestWorld(
            RequestWorld.plan("/serial", Concurrency.serial()), RequestWorld.plan("/parallel", Concurrency.parallel()));
    private int idle;

    @Test
    void anEmptySessionClosesAtOnceAndTheWorkerIsIdleAfterItsCallback() {
        world.session("close", "http://there", "units", "5");

        world.desk().drain(() -> {
            idle++;
            assertThat(world.events.getLast()).isInstanceOf(SessionClosed.class);
        });

        assertThat(world.callbacks.sent).hasSize(1);
        assertThat(idle).isZero();
        world.callbacks.comeBack();
        assertThat(idle).isEqualTo(1);
        assertThat(world.told(SessionClosed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.reason()).isEqualTo("drained"));
        assertThat(world.desk().load().servedUnits()).isEqualTo(5);
        assertThat(world.time.waiting()).isZero();
    }

    @Test
    void aSessionClosesAfterItsLastRequestHasEnded() {
        String id = world.session("close", "http://there");
        Client running = world.runningIn(id, "/serial", 1);
        Client queued = world.arriveIn(id, "/serial", 1);
        world.desk().drain(() -> idle++);

        running.call().answer(200);
        world.run();
        assertThat(world.callbacks.sent).isEmpty();
        queued.call().answer(200);

        assertThat(world.callbacks.sent).hasSize(1);
        assertThat(world.record(queued).outcome()).isEqualTo(Outcome.SERVED);
        assertThat(idle).isZero();
        world.callbacks.comeBack();
        assertThat(idle).isEqualTo(1);
    }

    @Test
    void closesAfterTheLastOfItsRequestsHungUpInTheQueue() {
        String id = world.session();
        world.running("/serial", 1);
        Client queued = world.arriveIn(id, "/serial", 1);
        world.desk().drain(() -> idle++);

        queued.hangUp();

        assertThat(world.told(SessionClosed.class)).hasSize(1);
        assertThat(idle).isZero();
    }

    @Test
    void waitsForACallbackThatIsUnderWayAlready() {
        String id = world.session("close", "http://there");
        Client end = world.ask(FakeRoutes.END, "id", id);

        world.desk().drain(() -> idle++);
        assertThat(idle).isZero();
        world.callbacks.comeBack();

        assertThat(end.status()).isEqualTo(200);
        assertThat(idle).isEqualTo(1);
    }

    @Test
    void opensNoSessionAndTakesNoRequestIntoOne() {
        String id = world.session();
        Client running = world.runningIn(id, "/serial", 1);
        world.desk().drain(() -> idle++);

        Client order = world.ask(FakeRoutes.CREATE, "reference", "r");
        assertThat(order.status()).isEqualTo(503);
        assertThat(world.refusal().kind()).isEqualTo(Kind.DRAINING);
        assertThat(world.record(order).reference()).contains(new RequestWorld.Reference("r"));
        Client late = world.arriveIn(id, "/serial", 1);
        assertThat(late.status()).isEqualTo(503);
        assertThat(world.refusal().kind()).isEqualTo(Kind.DRAINING);
        assertThat(world.ask(FakeRoutes.HEALTH, "id", id).text()).isEqualTo(id);
        assertThat(world.told(SessionOpened.class)).hasSize(1);

        running.call().answer(200);
        assertThat(idle).isEqualTo(1);
        assertThat(world.desk().load().rejectedUnits()).isZero();
    }

    @Test
    void mayBeEndedAndMayExpireWhileTheWorkerDrains() {
        String ended = world.session("close", "one");
        String expiring = world.session("close", "two", "lifetime", "10");
        Client one = world.runningIn(ended, "/parallel", 1);
        Client two = world.runningIn(expiring, "/parallel", 1);
        world.desk().drain(() -> idle++);

        world.ask(FakeRoutes.END, "id", ended);
        world.time.pass(Duration.ofSeconds(20));
        one.call().fail(ModelFailure.Kind.ABORTED);
        two.call().fail(ModelFailure.Kind.ABORTED);
        world.callbacks.comeBack();
        assertThat(idle).isZero();
        world.callbacks.comeBack();

        assertThat(idle).isEqualTo(1);
        assertThat(world.told(SessionClosed.class))
                .extracting(SessionClosed::reason)
                .containsExactly("ended", "expired");
    }

    @Test
    void abandoningClosesTheRestAndItsRequestsEndLikeAllOthers() {
        String id = world.session("close", "http://there");
        Client running = world.runningIn(id, "/serial", 1);
        Client queued = world.arriveIn(id, "/serial", 2);
        world.desk().drain(() -> idle++);

        world.desk().abandon();

        assertThat(world.callbacks.sent).hasSize(1);
        assertThat(queued.status()).isEqualTo(503);
        assertThat(world.record(queued).outcome()).isEqualTo(Outcome.REJECTED);
        running.call().fail(ModelFailure.Kind.ABORTED);
        assertThat(running.status()).isEqualTo(503);
        assertThat(world.record(running).outcome()).isEqualTo(Outcome.ERRORED);
        assertThat(idle).isZero();
        world.callbacks.comeBack();
        assertThat(idle).isEqualTo(1);
        assertThat(world.desk().load().sessions()).isZero();
    }

    @Test
    void aSessionThatIsBeingOpenedWhenTheDrainBeginsIsToldOpenedBeforeItCloses() {
        world.onPortCall = () -> {
            // The first call to a port after the session was booked is its event.
            if (world.desk().load().sessions() == 1) {
                world.onPortCall = () -> {};
                world.desk().drain(() -> idle++);
            }
        };

        assertThat(world.ask(FakeRoutes.CREATE).status()).isEqualTo(201);

        assertThat(world.told(SessionOpened.class)).hasSize(1);
        assertThat(world.told(SessionClosed.class)).hasSize(1);
        assertThat(world.events.indexOf(world.told(SessionOpened.class).getFirst()))
                .isLessThan(world.events.indexOf(world.told(SessionClosed.class).getFirst()));
        assertThat(idle).isEqualTo(1);
        assertThat(world.time.waiting()).isZero();
    }
}
