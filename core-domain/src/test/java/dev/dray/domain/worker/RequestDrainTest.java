package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.outbound.Refusal.Kind;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import org.junit.jupiter.api.Test;

class RequestDrainTest {
    private final RequestWorld world = new RequestWorld();
    private int idle;

    @Test
    void isIdleAtOnceWhereNothingRuns() {
        world.desk().drain(() -> idle++);

        assertThat(idle).isEqualTo(1);
    }

    @Test
    void finishesRunningAndQueuedRequestsAndIsIdleAfterTheLastOutcomeWasTold() {
        Client running = world.running("/serial", 1);
        Client queued = world.arrive("/serial", 1);
        world.desk().drain(() -> {
            idle++;
            assertThat(world.events.getLast()).isInstanceOf(RequestEnded.class);
            assertThat(world.ended()).hasSize(3);
        });

        Client late = world.arrive("/serial", 1);
        assertThat(late.status()).isEqualTo(503);
        assertThat(world.refusal().kind()).isEqualTo(Kind.DRAINING);
        running.call().answer(200);
        world.run();
        assertThat(idle).isZero();
        queued.call().answer(200);

        assertThat(idle).isEqualTo(1);
        assertThat(world.record(late).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.desk().load().rejectedUnits()).isZero();
        world.arrive("/serial", 1);
        assertThat(idle).isEqualTo(1);
    }

    @Test
    void tellsEveryoneWhoWaitsForIdleness() {
        Client running = world.running("/serial", 1);
        world.desk().drain(() -> idle++);
        world.desk().drain(() -> idle++);

        running.call().answer(200);

        assertThat(idle).isEqualTo(2);
    }

    @Test
    void abandonsWhatRunsAsErroredAndWhatWaitsAsRejected() {
        Client running = world.running("/serial", 1);
        Client queued = world.arrive("/serial", 2);
        world.desk().drain(() -> idle++);

        world.desk().abandon();

        assertThat(queued.status()).isEqualTo(503);
        assertThat(world.refusal().kind()).isEqualTo(Kind.DRAINING);
        assertThat(world.record(queued).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(running.call().aborts).isEqualTo(1);
        assertThat(idle).isZero();

        running.call().fail(ModelFailure.Kind.ABORTED);
        assertThat(world.record(running).outcome()).isEqualTo(Outcome.ERRORED);
        assertThat(running.status()).isEqualTo(503);
        assertThat(idle).isEqualTo(1);
        assertThat(world.desk().load().rejectedUnits()).isZero();
    }

    @Test
    void abandonsARequestThatHadItsTurnOnItsOwnThread() {
        Client turn = world.arrive("/serial", 1);

        world.desk().abandon();
        assertThat(turn.replies).isEmpty();
        world.run();

        assertThat(turn.status()).isEqualTo(503);
        assertThat(turn.reachedModel()).isFalse();
        assertThat(world.record(turn).outcome()).isEqualTo(Outcome.ERRORED);
    }

    @Test
    void abandonsARequestThatIsJustBeginning() {
        world.model.beforeBegun = () -> world.desk().abandon();

        Client client = world.running("/serial", 1);

        assertThat(client.call().aborts).isEqualTo(1);
    }

    @Test
    void breaksOffAnAbandonedAnswerThatHasBegun() {
        Client client = world.running("/serial", 1);
        client.call().head(200);

        world.desk().abandon();
        client.call().fail(ModelFailure.Kind.ABORTED);

        assertThat(client.brokenOff).isEqualTo(1);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.ERRORED);
    }
}
