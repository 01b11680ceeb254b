package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.domain.worker.RequestWorld.ScriptedRoute;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.PlatformProtocol.Verdict;
import dev.dray.port.outbound.Refusal.Kind;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Requests inside a session.
class SessionRequestsTest {
    private final ScriptedRoute serial = new ScriptedRoute("/serial");
    private final RequestWorld world = new RequestWorld(
            new WorkerPlan.Limits(2, 100, OptionalInt.empty(), Duration.ofHours(1)),
            RequestWorld.plan(serial, Concurrency.serial()),
            RequestWorld.plan("/parallel", Concurrency.parallel()),
            RequestWorld.plan(
                    new ScriptedRoute("/impatient"),
                    Concurrency.serial(),
                    Optional.of(Duration.ZERO),
                    Optional.empty()));
    private final String session = world.session("units", "100", "lifetime", "60", "reference", "s");

    @Test
    void countByTheirUnitsAlone() {
        Client running = world.runningIn(session, "/serial", 3);
        Client queued = world.arriveIn(session, "/serial", 4);

        LoadSnapshot load = world.desk().load();
        assertThat(load.receivedUnits()).isEqualTo(107);
        assertThat(load.currentUnits()).isEqualTo(100);
        assertThat(load.waitingUnits()).isZero();
        assertThat(load.inFlight()).isEqualTo(1);
        assertThat(load.queued()).isEqualTo(1);
        assertThat(load.requestsReceived()).isEqualTo(1);
        assertThat(load.working()).containsExactly(new RequestWorld.Reference("s"));

        queued.hangUp();
        running.call().answer(200);
        assertThat(world.desk().load().servedUnits()).isEqualTo(3);
        assertThat(world.desk().load().cancelledUnits()).isEqualTo(4);
        assertThat(world.told(RequestAdmitted.class))
                .hasSize(2)
                .allMatch(one -> one.reference().isEmpty());
        assertThat(world.ended()).allMatch(one -> one.reference().isEmpty());
    }

    @Test
    void makeTheSessionLiveLongerByTheLifetimeEach() {
        world.runningIn(session, "/parallel", 1);
        world.runningIn(session, "/parallel", 1);

        world.time.pass(Duration.ofSeconds(179));
        assertThat(world.desk().load().sessions()).isEqualTo(1);
        world.time.pass(Duration.ofSeconds(1));
        assertThat(world.desk().load().sessions()).isZero();
    }

    @Test
    void doNotMakeItLiveLongerWhereAnEarlierCheckObjects() {
        world.platform.verdict = Verdict.UNVERIFIED;
        assertThat(world.arriveIn(session, "/serial", 1).status()).isEqualTo(401);
        world.platform.verdict = Verdict.VERIFIED;
        Standing ready = world.standing;
        world.standing = RequestWorld.standing(ReadinessState.DRAINING, true, true, 10);
        assertThat(world.arriveIn(session, "/serial", 1).status()).isEqualTo(503);
        world.standing = ready;
        serial.check = _ -> Map.of("field", "wrong");
        assertThat(world.arriveIn(session, "/serial", 1).status()).isEqualTo(422);

        world.time.pass(Duration.ofSeconds(60));
        assertThat(world.desk().load().sessions()).isZero();
    }

    @Test
    void makeItLiveLongerAlsoWhenShedAfterwards() {
        world.running("/serial", 1);
        assertThat(world.arriveIn(session, "/impatient", 7).status()).isEqualTo(429);

        assertThat(world.desk().load().rejectedUnits()).isEqualTo(7);
        assertThat(world.desk().load().requestsReceived()).isEqualTo(2);
        world.time.pass(Duration.ofSeconds(119));
        assertThat(world.desk().load().sessions()).isEqualTo(1);
    }

    @Test
    void haveNoOutcomeOfTheirOwnWhateverBecomesOfThem() {
        serial.check = _ -> Map.of("field", "wrong");
        Client invalid = world.arriveIn(session, "/serial", 1);
        serial.check = _ -> Map.of();
        Client served = world.runningIn(session, "/serial", 1);
        Client shed = world.arriveIn(session, "/impatient", 1);
        world.standing = RequestWorld.standing(ReadinessState.DRAINING, true, true, 10);
        Client late = world.arriveIn(session, "/serial", 1);
        served.call().answer(500);

        assertThat(world.record(invalid).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.record(shed).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.record(late).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.record(served).outcome()).isEqualTo(Outcome.ERRORED);
        assertThat(world.ended()).allMatch(one -> one.reference().isEmpty());
        assertThat(world.desk().load().requestsReceived()).isEqualTo(1);
        assertThat(world.desk().load().erroredUnits()).isEqualTo(1);
    }

    @Test
    void doNotCountInTheWaitOfOthersButHoldTheirLane() {
        world.runningIn(session, "/serial", 1_000_000);
        world.arriveIn(session, "/serial", 1_000_000);

        assertThat(world.arrive("/serial", 1).replies).isEmpty();
        assertThat(world.desk().load().queued()).isEqualTo(2);
        assertThat(world.arrive("/impatient", 1).status()).isEqualTo(429);
        assertThat(world.refusal().kind()).isEqualTo(Kind.WAIT_TOO_LONG);
    }

    @Test
    void doNotMakeOthersWaitForeverWhereTheCapacityIsUnknown() {
        world.standing = RequestWorld.standing(ReadinessState.READY, true, false, 0);
        world.runningIn(session, "/parallel", 5);

        assertThat(world.running("/parallel", 1).reachedModel()).isTrue();
        assertThat(world.arrive("/parallel", 1).status()).isEqualTo(429);
    }

    @Test
    void areRefusedWhereTheSessionClosesBetweenCheckAndAdmission() {
        serial.workload = _ -> {
            // The last moment before the session is looked at again.
            world.time.pass(Duration.ofSeconds(60));
            return 5.0;
        };

        Client late = world.arriveIn(session, "/serial", 5);

        assertThat(late.status()).isEqualTo(410);
        assertThat(world.refusal().kind()).isEqualTo(Kind.UNKNOWN_SESSION);
        assertThat(world.record(late).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.desk().load().receivedUnits()).isEqualTo(100);
        assertThat(world.desk().load().rejectedUnits()).isZero();
    }

    @Test
    void areRefusedWhereTheSessionClosesJustBeforeAdmission() {
        serial.workload = _ -> {
            // Admission begins by asking for the capacity.
            world.onStanding = () -> world.time.pass(Duration.ofMinutes(2));
            return 5.0;
        };

        Client late = world.arriveIn(session, "/serial", 5);

        assertThat(late.status()).isEqualTo(410);
        assertThat(world.record(late).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.record(late).reference()).isEmpty();
        assertThat(world.told(RequestAdmitted.class)).isEmpty();
        assertThat(world.desk().load().receivedUnits()).isEqualTo(100);
        assertThat(world.desk().load().inFlight()).isZero();
    }

    @Test
    void needNotShowTheSecretAndMayComeFromAnyone() {
        Client other = world.arrive(
                "/serial",
                "{\"units\": 1}",
                new HeaderField("session", session),
                new HeaderField("secret", "somebody's"));
        world.run();

        assertThat(other.reachedModel()).isTrue();
    }
}
