package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.CallbackSender.Delivery;
import dev.dray.port.outbound.SessionAnswer;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.SessionClosed;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How sessions close: by their owner, by time, once and in order.
class SessionEndTest {
    private final RequestWorld world = new RequestWorld(
            RequestWorld.plan("/serial", Concurrency.serial()), RequestWorld.plan("/parallel", Concurrency.parallel()));

    @Test
    void withoutCallbackItIsEndedAtOnce() {
        String id = world.session("units", "40", "reference", "r");

        Client client = world.ask(FakeRoutes.END, "id", id);

        assertThat(client.status()).isEqualTo(200);
        assertThat(world.routes.answers.getLast()).isEqualTo(new SessionAnswer.Ended(id));
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.SERVED);
        assertThat(world.record(client).route()).isEqualTo(FakeRoutes.END);
        SessionClosed closed = closed();
        assertThat(closed.session().id()).isEqualTo(id);
        assertThat(closed.session().order().reference()).isEqualTo(new RequestWorld.Reference("r"));
        assertThat(closed.reason()).isEqualTo("ended");
        assertThat(closed.callback()).isEmpty();
        assertGone(40);
    }

    @Test
    void waitsForTheCallbackThenFreesItsUnitsThenTellsThenAnswers() {
        String id = world.session("units", "40", "close", "http://there");
        world.time.pass(Duration.ofSeconds(2));
        long opened = world.time.nanos() - Duration.ofSeconds(2).toNanos();

        Client client = world.ask(FakeRoutes.END, "id", id);

        assertThat(client.replies).isEmpty();
        assertThat(world.callbacks.sent).singleElement().satisfies(callback -> {
            assertThat(callback.target()).isEqualTo("http://there");
            assertThat(callback.json().utf8Text()).isEqualTo(id);
        });
        LoadSnapshot closing = world.desk().load();
        assertThat(closing.reservedUnits()).isEqualTo(40);
        assertThat(closing.working()).hasSize(1);
        assertThat(world.told(SessionClosed.class)).isEmpty();

        world.time.pass(Duration.ofSeconds(1));
        world.callbacks.comeBack();
        assertThat(client.status()).isEqualTo(200);
        assertThat(closed().callback()).isEqualTo("answered 200");
        assertThat(closed().openedNanos()).isEqualTo(opened);
        assertThat(closed().closedNanos()).isEqualTo(world.time.nanos());
        assertThat(world.events.get(world.events.size() - 2)).isInstanceOf(SessionClosed.class);
        assertThat(world.events.getLast()).isInstanceOf(RequestEnded.class);
        assertGone(40);
    }

    @Test
    void closesAlsoWhereTheCallbackFails() {
        String id = world.session("close", "http://there");
        Client client = world.ask(FakeRoutes.END, "id", id);

        world.callbacks.fail();

        assertThat(client.status()).isEqualTo(200);
        assertThat(closed().callback()).isEqualTo("failed: nobody listens there");
    }

    @Test
    void closesOnceThoughTheCallbackIsToldTwice() {
        String id = world.session("units", "40", "close", "http://there");
        world.ask(FakeRoutes.END, "id", id);
        var done = world.callbacks.open.getFirst();

        world.callbacks.comeBack();
        done.accept(new Delivery.Answered(200));

        assertThat(world.told(SessionClosed.class)).hasSize(1);
        assertGone(40);
    }

    @Test
    void aSecondEndFindsItAlreadyClosedThenUnknown() {
        String id = world.session("close", "http://there");
        world.ask(FakeRoutes.END, "id", id);

        Client second = world.ask(FakeRoutes.END, "id", id);
        assertThat(second.status()).isEqualTo(410);
        assertThat(world.routes.answers.getLast()).isEqualTo(new SessionAnswer.AlreadyClosed(id));
        assertThat(world.record(second).outcome()).isEqualTo(Outcome.SERVED);
        assertThat(world.ask(FakeRoutes.END, "id", id, "secret", "b").status()).isEqualTo(401);
        assertThat(world.ask(FakeRoutes.GET, "id", id).status()).isEqualTo(400);
        assertThat(world.arriveIn(id, "/serial", 1).status()).isEqualTo(410);

        world.callbacks.comeBack();
        assertThat(world.ask(FakeRoutes.END, "id", id).status()).isEqualTo(400);
        assertThat(world.callbacks.sent).hasSize(1);
        assertThat(world.told(SessionClosed.class)).hasSize(1);
    }

    @Test
    void aClientThatHangsUpWhileItsEndWaitsChangesNothing() {
        String id = world.session("close", "http://there");
        Client client = world.ask(FakeRoutes.END, "id", id);

        client.hangUp();
        assertThat(world.told(SessionClosed.class)).isEmpty();
        world.callbacks.comeBack();

        assertThat(world.told(SessionClosed.class)).hasSize(1);
        assertThat(client.replies).isEmpty();
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(world.record(client).status()).isZero();
    }

    @Test
    void cancelsItsRequestsWhereverTheyAre() {
        String id = world.session("close", "http://there");
        Client streaming = world.runningIn(id, "/parallel", 1);
        streaming.call().head(200);
        Client silent = world.runningIn(id, "/parallel", 2);
        Client turn = world.arriveIn(id, "/serial", 4);
        Client queued = world.arriveIn(id, "/serial", 8);
        Client other = world.arrive("/serial", 16);

        world.ask(FakeRoutes.END, "id", id);
        assertThat(world.callbacks.sent).hasSize(1);
        assertThat(streaming.call().aborts).isEqualTo(1);
        assertThat(silent.call().aborts).isEqualTo(1);
        assertThat(world.record(queued).outcome()).isEqualTo(Outcome.CANCELLED);
        streaming.call().fail(ModelFailure.Kind.ABORTED);
        silent.call().fail(ModelFailure.Kind.ABORTED);
        world.run();

        for (Client client : List.of(streaming, silent, turn, queued)) {
            assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(world.record(client).reason()).isEqualTo("its session closed");
            assertThat(client.brokenOff).isEqualTo(1);
            assertThat(client.replies).isEmpty();
        }
        assertThat(turn.reachedModel()).isFalse();
        assertThat(other.reachedModel()).isTrue();
        assertThat(world.desk().load().cancelledUnits()).isEqualTo(15);
    }

    @Test
    void abortsARequestThatIsJustBeginning() {
        String id = world.session();
        world.model.beforeBegun = () -> world.ask(FakeRoutes.END, "id", id);

        Client client = world.runningIn(id, "/serial", 1);

        assertThat(client.call().aborts).isEqualTo(1);
    }

    @Test
    void breaksNothingOffWhereTheClientHungUpBefore() {
        String id = world.session();
        Client client = world.runningIn(id, "/serial", 1);
        client.hangUp();
        world.ask(FakeRoutes.END, "id", id);

        client.call().fail(ModelFailure.Kind.ABORTED);

        assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void stopsTheExpulsionOfAQueuedRequest() {
        var impatient = new RequestWorld(RequestWorld.plan(
                new RequestWorld.ScriptedRoute("/serial"),
                Concurrency.serial(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(5))));
        String id = impatient.session();
        impatient.running("/serial", 1);
        Client queued = impatient.arriveIn(id, "/serial", 1);

        impatient.ask(FakeRoutes.END, "id", id);
        assertThat(impatient.time.waiting()).isZero();
        impatient.run();

        assertThat(queued.brokenOff).isEqualTo(1);
        assertThat(queued.turnsTold).isEqualTo(1);
    }

    @Test
    void expiresOnTimeEvenWithRequestsInFlight() {
        String id = world.session("lifetime", "60", "units", "40");
        Client client = world.runningIn(id, "/serial", 1);

        world.time.pass(Duration.ofSeconds(119));
        assertThat(client.call().aborts).isZero();
        world.time.pass(Duration.ofSeconds(1));

        assertThat(client.call().aborts).isEqualTo(1);
        assertThat(closed().reason()).isEqualTo("expired");
        assertThat(world.time.waiting()).isZero();
    }

    @Test
    void anEndWhileItExpiresFindsItAlreadyClosed() {
        String id = world.session("lifetime", "60", "close", "http://there");
        world.time.pass(Duration.ofSeconds(60));

        assertThat(world.ask(FakeRoutes.END, "id", id).status()).isEqualTo(410);
        world.callbacks.comeBack();
        assertThat(closed().reason()).isEqualTo("expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "-9223372036854775808"})
    void withoutALifetimeItExpiresAtOnceButIsOpened(String lifetime) {
        Client client = world.ask(FakeRoutes.CREATE, "lifetime", lifetime, "units", "3");
        assertThat(client.status()).isEqualTo(201);

        world.time.pass(Duration.ZERO);

        assertThat(closed().session().id()).isEqualTo(client.text());
        assertGone(3);
    }

    @Test
    void livesAnAbsurdLifetimeWithoutOverflow() {
        String id = world.session("lifetime", "9223372036854775807");
        for (int i = 0; i < 5; i++) {
            world.runningIn(id, "/parallel", 1);
        }
        world.time.pass(Duration.ofDays(365));

        assertThat(world.desk().load().sessions()).isEqualTo(1);
        world.ask(FakeRoutes.END, "id", id);
        assertThat(world.time.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_000_000, 1_000_000})
    void doesNotCareForAJumpOfTheWallClock(long seconds) {
        String id = world.session("lifetime", "60");
        var expires = world.time.instant().plusSeconds(60);

        world.time.setClockForward(Duration.ofSeconds(seconds));
        world.time.pass(Duration.ofSeconds(59));
        world.ask(FakeRoutes.GET, "id", id);

        assertThat(world.routes.answers.getLast())
                .isInstanceOfSatisfying(
                        SessionAnswer.Described.class,
                        described -> assertThat(described.session().expiresAt()).isEqualTo(expires));
        world.time.pass(Duration.ofSeconds(1));
        assertThat(closed().reason()).isEqualTo("expired");
    }

    @Test
    void theHouseClosesAllThatAreOpenInTheirOrderAndWaitsForNoCallback() {
        var opened = new ArrayList<String>();
        for (int i = 0; i < 9; i++) {
            opened.add(world.session("units", "2", "close", "http://there"));
        }
        String ended = opened.remove(4);
        world.ask(FakeRoutes.END, "id", ended);
        Client inside = world.runningIn(opened.getFirst(), "/parallel", 1);

        assertThat(world.desk().closeSessions()).isEqualTo(opened);
        assertThat(world.desk().closeSessions()).isEmpty();
        assertThat(inside.call().aborts).isEqualTo(1);
        assertThat(world.callbacks.sent).hasSize(9);
        inside.call().fail(ModelFailure.Kind.ABORTED);
        for (int i = 0; i < 9; i++) {
            world.callbacks.comeBack();
        }
        assertThat(world.told(SessionClosed.class))
                .hasSize(9)
                .allMatch(one -> one.reason().equals("ended"));
        assertThat(world.desk().load().reservedUnits()).isZero();
        assertThat(world.session("units", "40")).as("others may be opened").isNotEmpty();
    }

    @Test
    void leavesNothingBehind() {
        for (int i = 0; i < 1_000; i++) {
            String id = world.session("lifetime", "3600", "units", "1");
            world.runningIn(id, "/parallel", 1).call().answer(200);
            world.ask(FakeRoutes.END, "id", id);
        }

        assertThat(world.time.waiting()).isZero();
        assertThat(world.desk().load().servedUnits()).isEqualTo(2_000);
        assertThat(world.desk().load().working()).isEmpty();
        assertThat(world.desk().load().sessions()).isZero();
        world.desk().abandon();
        assertThat(world.model.calls).allMatch(call -> call.aborts == 0);
    }

    @Test
    void aFaultOfThePlatformsAdapterKeepsNoSessionOpen() {
        String id = world.session("units", "40", "lifetime", "1");
        world.routes.faulty = true;

        world.time.pass(Duration.ofSeconds(1));

        assertThat(closed().session().id()).isEqualTo(id);
        assertThat(closed().callback()).contains("IllegalStateException");
        assertGone(40);
    }

    private SessionClosed closed() {
        assertThat(world.told(SessionClosed.class)).hasSize(1);
        return world.told(SessionClosed.class).getFirst();
    }

    private void assertGone(double served) {
        LoadSnapshot load = world.desk().load();
        assertThat(load.servedUnits()).isEqualTo(served);
        assertThat(load.currentUnits()).isZero();
        assertThat(load.reservedUnits()).isZero();
        assertThat(load.sessions()).isZero();
        assertThat(load.working()).isEmpty();
        assertThat(world.time.waiting()).isZero();
    }
}
