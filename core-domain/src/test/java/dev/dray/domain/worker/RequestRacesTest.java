package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.domain.worker.RequestWorld.ScriptedRoute;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.outbound.Refusal.Kind;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What happens to one request at the same time, in each order.
class RequestRacesTest {
    private final ScriptedRoute route = new ScriptedRoute("/serial");
    private final RequestWorld world = new RequestWorld(
            RequestWorld.plan(route, Concurrency.serial(), Optional.empty(), Optional.of(Duration.ofSeconds(5))));

    @Test
    void aQueuedRequestThatIsCancelledNeverStarts() {
        Client first = world.running("/serial", 1);
        Client second = world.arrive("/serial", 2);
        Client third = world.arrive("/serial", 3);

        second.hangUp();
        first.call().answer(200);
        world.run();

        assertThat(second.turnsTold).isZero();
        assertCancelled(second);
        assertThat(third.reachedModel()).isTrue();
    }

    @Test
    void aCancelBeforeTheRequestProceedsPassesItsLaneOnOnce() {
        Client first = world.arrive("/serial", 1);
        Client second = world.arrive("/serial", 2);
        Client third = world.arrive("/serial", 3);

        first.hangUp();
        assertThat(second.turnsTold).isEqualTo(1);
        assertThat(third.turnsTold).isZero();
        world.run();

        assertThat(first.reachedModel()).isFalse();
        assertCancelled(first);
        assertThat(second.reachedModel()).isTrue();
        assertThat(third.reachedModel()).isFalse();
    }

    @Test
    void aRunningRequestThatIsCancelledHoldsItsLaneUntilTheModelServerHasEnded() {
        Client first = world.running("/serial", 1);
        Client second = world.arrive("/serial", 2);

        first.hangUp();
        assertThat(first.call().aborts).isEqualTo(1);
        assertThat(second.turnsTold).isZero();
        assertThat(world.ended()).isEmpty();
        first.call().fail(ModelFailure.Kind.ABORTED);
        world.run();

        assertCancelled(first);
        assertThat(first.replies).isEmpty();
        assertThat(second.reachedModel()).isTrue();
    }

    @Test
    void aCancelInMidStreamIsCancelledWithTheStatusThatWasRelayed() {
        Client client = world.running("/serial", 1);
        client.call().head(200);

        client.hangUp();
        client.call().fail(ModelFailure.Kind.ABORTED);

        assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(world.record(client).status()).isEqualTo(200);
        assertThat(client.brokenOff).isEqualTo(1);
    }

    @Test
    void aCancelBetweenTheStartAndItsBeginningAborts() {
        Client[] client = new Client[1];
        world.model.beforeBegun = () -> client[0].hangUp();
        client[0] = world.arrive("/serial", 1);

        world.run();

        assertThat(client[0].call().aborts).isEqualTo(1);
        client[0].call().fail(ModelFailure.Kind.ABORTED);
        assertCancelled(client[0]);
    }

    @Test
    void aCancelWhileThePluginFailsIsACancel() {
        Client[] client = new Client[1];
        route.request = _ -> {
            client[0].hangUp();
            throw new IllegalStateException("too late");
        };
        client[0] = world.arrive("/serial", 1);

        world.run();

        assertCancelled(client[0]);
        assertThat(client[0].replies).isEmpty();
        assertThat(world.desk().load().inFlight()).isZero();
    }

    @Test
    void theCancelWinsOverAnEndThatComesAfterIt() {
        Client client = world.running("/serial", 1);
        client.call().head(503);
        client.hangUp();

        client.call().end();

        assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void theEndWinsOverACancelThatComesAfterIt() {
        Client client = world.running("/serial", 1);
        client.call().answer(200);

        client.hangUp();
        client.hangUp();

        assertThat(world.record(client).outcome()).isEqualTo(Outcome.SERVED);
        assertThat(world.running("/serial", 1).reachedModel()).isTrue();
        assertThat(world.arrive("/serial", 1).turnsTold).isZero();
    }

    @Test
    void aCancelOfARefusedRequestDoesNothing() {
        Client refused = world.arrive("/serial", "malformed");

        refused.hangUp();
        refused.goOn();

        assertThat(world.events).hasSize(1);
    }

    @Test
    void aSecondCancelOfAQueuedRequestDoesNothing() {
        world.running("/serial", 1);
        Client queued = world.arrive("/serial", 2);

        queued.hangUp();
        queued.hangUp();

        assertCancelled(queued);
        assertThat(world.desk().load().inFlight()).isEqualTo(1);
    }

    @Test
    void aSecondCancelOfARequestThatHadItsTurnDoesNotFreeALaneTwice() {
        Client first = world.arrive("/serial", 1);
        Client second = world.arrive("/serial", 2);
        Client third = world.arrive("/serial", 3);

        first.hangUp();
        first.hangUp();
        world.run();

        assertThat(second.reachedModel()).isTrue();
        assertThat(third.turnsTold).isZero();
    }

    @Test
    void aDoubledEndOfAnExchangeFreesTheLaneOnce() {
        Client first = world.running("/serial", 1);
        world.arrive("/serial", 2);
        Client third = world.arrive("/serial", 3);

        first.call().answer(200);
        first.call().fail(ModelFailure.Kind.RESET);

        assertThat(world.record(first).outcome()).isEqualTo(Outcome.SERVED);
        assertThat(third.turnsTold).isZero();
        assertThat(first.replies).isEmpty();
        assertThat(first.brokenOff).isZero();
    }

    @Test
    void aRequestIsEitherCancelledOrExpelled() {
        world.running("/serial", 1);
        Client first = world.arrive("/serial", 2);
        Client second = world.arrive("/serial", 3);

        first.hangUp();
        world.time.pass(Duration.ofSeconds(6));
        second.hangUp();

        assertCancelled(first);
        assertThat(world.record(second).outcome()).isEqualTo(Outcome.EXPELLED);
    }

    /// The lane is passed on by another thread while the arriving thread still tells of the arrival.
    @Test
    void aTurnThatComesDuringTheArrivalIsToldAfterIt() {
        Client first = world.running("/serial", 1);
        world.onPortCall = new OnAdmittedQueued(() -> first.call().answer(200));

        Client second = world.arrive("/serial", 2);
        world.onPortCall = () -> {};

        assertThat(second.turnsTold).isEqualTo(1);
        assertThat(world.time.waiting()).isZero();
        world.run();
        second.call().answer(200);
        assertThat(world.record(second).outcome()).isEqualTo(Outcome.SERVED);
    }

    @Test
    void aRejectionThatComesDuringTheArrivalIsToldAfterIt() {
        world.running("/serial", 1);
        world.onPortCall = new OnAdmittedQueued(() -> world.desk().abandon());

        Client second = world.arrive("/serial", 2);
        world.onPortCall = () -> {};

        assertThat(second.status()).isEqualTo(503);
        assertThat(world.refusal().kind()).isEqualTo(Kind.DRAINING);
        assertThat(world.events.stream().filter(event -> about(event, second)).toList())
                .hasExactlyElementsOfTypes(RequestAdmitted.class, RequestEnded.class);
        assertThat(world.time.waiting()).isZero();
    }

    private static boolean about(WorkerEvent event, Client client) {
        return switch (event) {
            case RequestAdmitted admitted ->
                admitted.id().equals(client.ticket().id());
            case RequestEnded ended ->
                ended.request().id().equals(client.ticket().id());
            default -> false;
        };
    }

    private void assertCancelled(Client client) {
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(world.record(client).status()).isZero();
    }

    /// Acts once, at the third port call of an arrival (open, verify, then the event that it was admitted).
    private static final class OnAdmittedQueued implements Runnable {
        private final Runnable action;
        private int calls;

        OnAdmittedQueued(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (++calls == 3) {
                action.run();
            }
        }
    }
}
