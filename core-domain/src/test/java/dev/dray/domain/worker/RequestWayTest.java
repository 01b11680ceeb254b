package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.domain.worker.RequestWorld.Reference;
import dev.dray.domain.worker.RequestWorld.ScriptedRoute;
import dev.dray.model.Bytes;
import dev.dray.model.ErrorSource;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.Refusal.Kind;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.RequestStarted;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// An admitted request on its way to the model server and back.
class RequestWayTest {
    private static final ScriptedRoute SERIAL = new ScriptedRoute("/serial");

    private final ScriptedRoute route = new ScriptedRoute("/serial");
    private final RequestWorld world = new RequestWorld(
            RequestWorld.plan(route, Concurrency.serial()),
            RequestWorld.plan("/same-queue", Concurrency.serial()),
            RequestWorld.plan("/own-queue", new Concurrency.Serial("own")),
            RequestWorld.plan("/parallel", Concurrency.parallel()));

    @Nested
    class WhenItMayRun {
        @Test
        void carriesTheClientsOwnBytesToTheSamePathOnTheRequestsOwnThread() {
            String body = "{ \"units\":1.50, \"é\": [1e2] }";
            Client client = world.arrive("/serial", body, new HeaderField("Accept", "text/event-stream"));
            assertThat(client.turnsTold).isEqualTo(1);
            assertThat(client.reachedModel()).isFalse();

            world.run();

            var call = client.call().call;
            assertThat(call.body()).isEqualTo(ModelBody.json(Bytes.utf8(body)));
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo("/serial");
            assertThat(call.clientHeaders()).contains(new HeaderField("Accept", "text/event-stream"));
            assertThat(call.sink()).isSameAs(client);
        }

        @Test
        void carriesWhatThePluginMadeOfIt() {
            route.request = _ -> ModelRequest.json(Bytes.utf8("{\"rewritten\": true}"));

            Client client = world.running("/serial", 1);

            assertThat(client.call().call.body()).isEqualTo(ModelBody.json(Bytes.utf8("{\"rewritten\": true}")));
        }

        @Test
        void tellsAdmittedStartedEndedWithTheTimesOfEach() {
            Client client = world.arrive("/serial", 5);
            long arrived = world.time.nanos();
            world.time.pass(Duration.ofMillis(1));
            world.run();
            world.time.pass(Duration.ofMillis(2));
            client.call().head(200);
            world.time.pass(Duration.ofMillis(3));
            client.call().end();

            assertThat(world.events)
                    .containsExactly(
                            admitted(client, 5, false),
                            new RequestStarted(client.ticket().id(), "/serial"),
                            new RequestEnded(world.record(client)));
            RequestRecord record = world.record(client);
            assertThat(record.outcome()).isEqualTo(Outcome.SERVED);
            assertThat(record.status()).isEqualTo(200);
            assertThat(record.reason()).isEmpty();
            assertThat(record.units()).isEqualTo(5);
            assertThat(record.arrivedNanos() - arrived).isZero();
            assertThat(record.startedNanos() - arrived).isEqualTo(1_000_000);
            assertThat(record.headNanos() - arrived).isEqualTo(3_000_000);
            assertThat(record.endedNanos() - arrived).isEqualTo(6_000_000);
        }

        @ParameterizedTest
        @CsvSource({"200,SERVED", "404,SERVED", "429,SERVED", "499,SERVED", "500,ERRORED", "503,ERRORED"})
        void isServedBelow500AndErroredFromThere(int status, Outcome outcome) {
            Client client = world.running("/serial", 1);

            client.call().answer(status);

            assertThat(world.record(client).outcome()).isEqualTo(outcome);
            assertThat(world.record(client).status()).isEqualTo(status);
            assertThat(client.replies).isEmpty();
        }

        @Test
        void namesThePluginThatFailsToMakeTheRequestAndFreesTheLane() {
            route.request = _ -> {
                throw new IllegalArgumentException("secret");
            };
            Client client = world.running("/serial", 3);

            assertThat(client.status()).isEqualTo(500);
            assertThat(world.refusal().kind()).isEqualTo(Kind.PLUGIN_FAULT);
            assertThat(world.refusal().message()).contains("'fake'").doesNotContain("secret");
            assertThat(world.record(client).outcome()).isEqualTo(Outcome.ERRORED);
            assertThat(world.desk().load().erroredUnits()).isEqualTo(3);
            assertThat(world.running("/same-queue", 1).reachedModel()).isTrue();
        }

        @Test
        void freesTheLaneOfAModelAdapterThatThrowsAgainstItsContract() {
            world.model.beforeBegun = () -> {
                throw new IllegalStateException("broken adapter");
            };
            Client client = world.running("/serial", 3);
            world.model.beforeBegun = () -> {};

            assertThat(world.refusal().kind()).isEqualTo(Kind.WORKER_FAULT);
            assertThat(world.record(client).outcome()).isEqualTo(Outcome.ERRORED);
            assertThat(world.running("/serial", 1).reachedModel()).isTrue();
        }
    }

    @Nested
    class WhenTheModelServerFails {
        @Test
        void blamesThePluginWhereTheRouteIsAnsweredInsideTheWorker() {
            Client client = world.running("/serial", 1);

            client.call().fail(ModelFailure.Kind.PLUGIN_FAULT);

            assertThat(client.status()).isEqualTo(500);
            assertThat(world.refusal().source()).isEqualTo(ErrorSource.PLUGIN);
            assertThat(world.refusal().kind()).isEqualTo(Kind.PLUGIN_FAULT);
        }

        @ParameterizedTest
        @EnumSource(
                value = ModelFailure.Kind.class,
                mode = EnumSource.Mode.EXCLUDE,
                names = {"CLIENT_GONE", "PLUGIN_FAULT"})
        void answersInItsStatusBeforeTheHead(ModelFailure.Kind kind) {
            Client client = world.running("/serial", 1);

            client.call().fail(kind);

            assertThat(client.status()).isEqualTo(kind.status());
            assertThat(world.refusal().source()).isEqualTo(ErrorSource.MODEL);
            assertThat(world.refusal().kind())
                    .isEqualTo(
                            switch (kind.status()) {
                                case 503 -> Kind.MODEL_UNAVAILABLE;
                                case 504 -> Kind.MODEL_TIME_OUT;
                                default -> Kind.MODEL_FAILED;
                            });
            assertThat(client.brokenOff).isZero();
            assertThat(world.record(client).outcome()).isEqualTo(Outcome.ERRORED);
            assertThat(world.record(client).status()).isEqualTo(kind.status());
            assertThat(world.record(client).source()).hasValue(ErrorSource.MODEL);
        }

        @Test
        void breaksTheAnswerOffAfterTheHead() {
            Client client = world.running("/serial", 1);
            client.call().head(200);

            client.call().fail(ModelFailure.Kind.RESET);

            assertThat(client.replies).isEmpty();
            assertThat(client.brokenOff).isEqualTo(1);
            assertThat(world.record(client).outcome()).isEqualTo(Outcome.ERRORED);
            assertThat(world.record(client).status()).isEqualTo(200);
            assertThat(world.record(client).reason()).contains("RESET");
            assertThat(world.record(client).source()).hasValue(ErrorSource.MODEL);
        }

        @Test
        void isCancelledWhereTheClientHadGone() {
            Client client = world.running("/serial", 4);

            client.call().fail(ModelFailure.Kind.CLIENT_GONE);

            assertThat(client.replies).isEmpty();
            assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(world.record(client).status()).isZero();
            assertThat(world.desk().load().cancelledUnits()).isEqualTo(4);
        }
    }

    @Nested
    class WhenItHasToWait {
        @Test
        void startsInOrderOfArrivalAcrossTheRoutesOfOneQueue() {
            Client first = world.running("/serial", 1);
            Client second = world.arrive("/same-queue", 1);
            Client third = world.arrive("/serial", 1);
            world.run();
            assertThat(second.turnsTold + third.turnsTold).isZero();

            first.call().answer(200);
            world.run();
            assertThat(second.reachedModel()).isTrue();
            assertThat(third.reachedModel()).isFalse();

            second.call().fail(ModelFailure.Kind.RESET);
            world.run();
            assertThat(third.reachedModel()).isTrue();
        }

        @Test
        void doesNotWaitForOtherQueuesNorOnParallelRoutes() {
            world.running("/serial", 1);

            assertThat(world.running("/own-queue", 1).reachedModel()).isTrue();
            assertThat(world.running("/parallel", 1).reachedModel()).isTrue();
            assertThat(world.running("/parallel", 1).reachedModel()).isTrue();
        }

        @Test
        void tellsThatItWasQueuedAndWhenItStarted() {
            Client first = world.running("/serial", 1);
            Client second = world.arrive("/serial", 2);
            first.call().answer(200);
            world.run();
            second.call().answer(200);

            assertThat(world.events)
                    .containsSubsequence(
                            admitted(second, 2, true),
                            new RequestStarted(second.ticket().id(), "/serial"),
                            new RequestEnded(world.record(second)));
        }

        @Test
        void isExpelledAfterItsQueueTimeOutAndCountsAsRejectedLoad() {
            var patient = RequestWorld.plan(
                    SERIAL, Concurrency.serial(), Optional.empty(), Optional.of(Duration.ofSeconds(2)));
            var world = new RequestWorld(patient);
            world.running("/serial", 300);
            Client waits = world.arrive("/serial", 7);

            world.time.pass(Duration.ofMillis(1_999));
            assertThat(waits.replies).isEmpty();
            world.time.pass(Duration.ofMillis(1));

            assertThat(waits.status()).isEqualTo(429);
            assertThat(world.refusal().kind()).isEqualTo(Kind.EXPELLED);
            assertThat(world.refusal().message()).contains("2.0 s");
            // 300 units at 10 a second, 2 s of it done.
            assertThat(world.refusal().retryAfter()).contains(Duration.ofSeconds(28));
            assertThat(world.record(waits).outcome()).isEqualTo(Outcome.EXPELLED);
            assertThat(world.desk().load().rejectedUnits()).isEqualTo(7);
            assertThat(world.desk().load().queued()).isZero();
        }

        @Test
        void isNotExpelledOnceItsTurnHasComeAndLeavesNoTimerBehind() {
            var patient = RequestWorld.plan(
                    SERIAL, Concurrency.serial(), Optional.empty(), Optional.of(Duration.ofSeconds(2)));
            var world = new RequestWorld(patient);
            Client first = world.running("/serial", 1);
            Client second = world.arrive("/serial", 1);
            Client third = world.arrive("/serial", 1);

            first.call().answer(200);
            third.hangUp();

            assertThat(world.time.waiting()).isZero();
            world.time.pass(Duration.ofSeconds(10));
            assertThat(second.replies).isEmpty();
        }

        @Test
        void isShedWhereTheQueueOrTheWorkerIsFull() {
            var never = RequestWorld.plan(SERIAL, Concurrency.serial(), Optional.empty(), Optional.empty());
            var world = new RequestWorld(
                    new WorkerPlan.Limits(1, 3, OptionalInt.empty()),
                    never,
                    RequestWorld.plan("/parallel", Concurrency.parallel()));
            world.running("/serial", 1);
            world.arrive("/serial", 1);

            assertThat(world.arrive("/serial", 1).status()).isEqualTo(429);
            assertThat(world.refusal().kind()).isEqualTo(Kind.QUEUE_FULL);
            world.running("/parallel", 1);
            assertThat(world.arrive("/parallel", 1).status()).isEqualTo(429);
            assertThat(world.refusal().kind()).isEqualTo(Kind.TOO_MANY_REQUESTS);
            assertThat(world.desk().load().rejectedUnits()).isEqualTo(2);
        }
    }

    @Test
    void showsOneMomentOfAllCountersAndGauges() {
        Client served = world.running("/serial", 1);
        served.call().answer(200);
        Client errored = world.running("/serial", 2);
        errored.call().answer(500);
        Client cancelled = world.arrive("/serial", 4);
        cancelled.hangUp();
        world.running("/parallel", 8);
        var first = new HeaderField("reference", "first");
        var second = new HeaderField("reference", "second");
        world.arrive("/serial", "{\"units\": 16}", first);
        world.arrive("/serial", "{\"units\": 32}", second);
        world.arrive("/serial", 1e9);
        world.arrive("/serial", 64);

        LoadSnapshot load = world.desk().load();

        assertThat(load.receivedUnits()).isEqualTo(1 + 2 + 4 + 8 + 16 + 32 + 1e9);
        assertThat(load.servedUnits()).isEqualTo(1);
        assertThat(load.erroredUnits()).isEqualTo(2);
        assertThat(load.cancelledUnits()).isEqualTo(4);
        assertThat(load.rejectedUnits()).isEqualTo(64);
        assertThat(load.requestsReceived()).isEqualTo(8);
        assertThat(load.currentUnits()).isEqualTo(8 + 16 + 32 + 1e9);
        assertThat(load.waitingUnits()).isEqualTo(32 + 1e9);
        assertThat(load.inFlight()).isEqualTo(2);
        assertThat(load.queued()).isEqualTo(2);
        assertThat(load.working())
                .containsExactly(
                        new Reference("none"), new Reference("first"), new Reference("second"), new Reference("none"));
        assertThat(load.capacityUnitsPerSecond()).hasValue(10);
    }

    private RequestAdmitted admitted(Client client, double units, boolean queued) {
        return new RequestAdmitted(
                client.ticket().id(),
                Optional.of(new Reference("none")),
                "/serial",
                units,
                queued,
                world.record(client).arrivedNanos());
    }
}
