package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.PlatformProtocol.Verdict;
import dev.dray.port.outbound.Refusal.Kind;
import dev.dray.port.outbound.SessionAnswer;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.SessionOpened;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How a session is opened, and everything that can be said against it, in order.
class SessionOpeningTest {
    private final RequestWorld world =
            new RequestWorld(new WorkerPlan.Limits(10, 100, OptionalInt.of(2)), new RoutePlan[0]);

    @Test
    void reservesItsUnitsFromItsOpening() {
        String id = world.session("units", "40", "reference", "r7");

        assertThat(id).matches("[A-Za-z0-9]{13}");
        LoadSnapshot load = world.desk().load();
        assertThat(load.receivedUnits()).isEqualTo(40);
        assertThat(load.currentUnits()).isEqualTo(40);
        assertThat(load.reservedUnits()).isEqualTo(40);
        assertThat(load.waitingUnits()).isZero();
        assertThat(load.servedUnits()).isZero();
        assertThat(load.sessions()).isEqualTo(1);
        assertThat(load.inFlight()).isZero();
        assertThat(load.requestsReceived()).isEqualTo(1);
        assertThat(load.working()).containsExactly(new RequestWorld.Reference("r7"));
    }

    @Test
    void tellsTheOpeningThenTheEndOfItsRequestWithoutAnOutcomeOfItsOwn() {
        Client client = world.ask(FakeRoutes.CREATE, "units", "40", "lifetime", "60");

        assertThat(client.status()).isEqualTo(201);
        RequestRecord record = world.record(client);
        assertThat(record.route()).isEqualTo(FakeRoutes.CREATE);
        assertThat(record.outcome()).isEqualTo(Outcome.SERVED);
        assertThat(record.reference()).isEmpty();
        assertThat(record.units()).isZero();
        assertThat(record.reason()).isEmpty();
        assertThat(world.events).hasSize(2);
        assertThat(world.events.getFirst()).isInstanceOfSatisfying(SessionOpened.class, opened -> {
            assertThat(opened.id()).isEqualTo(client.ticket().id());
            assertThat(opened.session().id()).isEqualTo(client.text());
            assertThat(opened.session().createdAt()).isEqualTo(world.time.instant());
            assertThat(opened.session().expiresAt())
                    .isEqualTo(world.time.instant().plusSeconds(60));
            assertThat(opened.openedNanos()).isEqualTo(world.time.nanos());
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"UNVERIFIED", "KEY_MISSING"})
    void refusesAnUnverifiedOrderFirstAndLeavesNoTrace(Verdict verdict) {
        world.platform.verdict = verdict;
        world.standing = RequestWorld.standing(ReadinessState.LOADING, false, true, 0);

        Client client = world.ask(FakeRoutes.CREATE, "units", "40", "close", "forbidden");

        assertThat(client.status()).isEqualTo(401);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.UNVERIFIED);
        assertThat(world.record(client).reference()).isEmpty();
        assertThat(world.desk().load().requestsReceived()).isZero();
        assertThat(world.desk().load().rejectedUnits()).isZero();
    }

    @Test
    void refusesWhileLoadingAndWhileDrainingBeforeItLooksAtTheCallback() {
        world.standing = RequestWorld.standing(ReadinessState.LOADING, false, false, 0);
        assertRefused(world.ask(FakeRoutes.CREATE, "close", "forbidden"), 503, Kind.NOT_READY);

        world.standing = RequestWorld.standing(ReadinessState.DRAINING, true, true, 10);
        assertRefused(world.ask(FakeRoutes.CREATE, "close", "forbidden"), 503, Kind.DRAINING);
        assertThat(world.desk().load().rejectedUnits()).isZero();
    }

    @Test
    void refusesAForbiddenCallbackNamingTheField() {
        world.session();
        world.session();

        assertRefused(world.ask(FakeRoutes.CREATE, "close", "forbidden"), 422, Kind.INVALID_PAYLOAD);
        assertThat(world.refusal().fields()).isEqualTo(Map.of("on_close_route", "must not be forbidden"));
    }

    @Test
    void refusesOneTooManyAsRejectedLoad() {
        world.session("lifetime", "30");
        world.session("lifetime", "20");

        Client client = world.ask(FakeRoutes.CREATE, "units", "40", "reference", "r");

        assertRefused(client, 429, Kind.SESSIONS_FULL);
        assertThat(world.refusal().retryAfter()).contains(Duration.ofSeconds(20));
        assertThat(world.record(client).units()).isEqualTo(40);
        assertThat(world.desk().load().rejectedUnits()).isEqualTo(40);
        assertThat(world.desk().load().requestsReceived()).isEqualTo(3);
        assertThat(world.desk().load().sessions()).isEqualTo(2);
    }

    @Test
    void opensNoneWhereNoneIsAllowed() {
        var none = new RequestWorld(new WorkerPlan.Limits(10, 100, OptionalInt.of(0)), new RoutePlan[0]);

        assertThat(none.ask(FakeRoutes.CREATE).status()).isEqualTo(429);
        assertThat(none.refusal().retryAfter()).contains(Duration.ofSeconds(1));
    }

    @Test
    void makesNobodyWaitLonger() {
        world.session("units", "1000000");

        Client client = world.running("/serial", 1);

        assertThat(client.reachedModel()).isTrue();
    }

    @Test
    void countsAnAbsurdReservationAsMuchAsTheDearestRequest() {
        world.session("units", "1e300");

        assertThat(world.desk().load().reservedUnits()).isEqualTo(1e12);
    }

    @Test
    void describesAndProbesASessionWithoutMakingItLiveLonger() {
        String id = world.session("lifetime", "60");
        world.time.pass(Duration.ofSeconds(50));

        assertThat(world.ask(FakeRoutes.GET, "id", id).text()).isEqualTo(id);
        assertThat(world.ask(FakeRoutes.HEALTH, "id", id).text()).isEqualTo(id);

        assertThat(world.routes.answers.get(1))
                .isInstanceOfSatisfying(SessionAnswer.Described.class, described -> assertThat(
                                described.session().expiresAt())
                        .isEqualTo(world.time.instant().plusSeconds(10)));
        assertThat(world.routes.answers.get(2)).isEqualTo(new SessionAnswer.Alive(id));
        world.time.pass(Duration.ofSeconds(10));
        assertThat(world.desk().load().sessions()).isZero();
    }

    @Test
    void asksForTheSecretBeforeItTellsAnything() {
        String id = world.session("secret", "a");

        for (String path : new String[] {FakeRoutes.GET, FakeRoutes.HEALTH, FakeRoutes.END}) {
            Client client = world.ask(path, "id", id, "secret", "b");
            assertThat(client.status()).isEqualTo(401);
            assertThat(world.record(client).outcome()).isEqualTo(Outcome.UNVERIFIED);
            assertThat(world.record(client).reason()).isNotEmpty();
        }
        assertThat(world.desk().load().sessions()).isEqualTo(1);
    }

    @Test
    void saysThatThereIsNoSuchSession() {
        assertThat(world.ask(FakeRoutes.GET, "id", "x").status()).isEqualTo(400);
        assertThat(world.ask(FakeRoutes.HEALTH, "id", "x").status()).isEqualTo(200);
        Client client = world.ask(FakeRoutes.END, "id", "x");
        assertThat(client.status()).isEqualTo(400);

        assertThat(world.routes.answers).allMatch(SessionAnswer.Unknown.class::isInstance);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.SERVED);
        assertThat(world.desk().load().requestsReceived()).isZero();
    }

    @Test
    void refusesARequestOfAnUnknownSessionWithAnOutcomeOfItsOwn() {
        Client client = world.arrive(
                "/serial", "{\"units\": 3}", new HeaderField("session", "x"), new HeaderField("reference", "r"));

        assertRefused(client, 410, Kind.UNKNOWN_SESSION);
    }

    private void assertRefused(Client client, int status, Kind kind) {
        assertThat(client.status()).isEqualTo(status);
        assertThat(world.refusal().kind()).isEqualTo(kind);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.record(client).reference()).isPresent();
        assertThat(world.told(SessionOpened.class)).noneMatch(one -> one.id().equals(client.ticket().id()));
    }
}
