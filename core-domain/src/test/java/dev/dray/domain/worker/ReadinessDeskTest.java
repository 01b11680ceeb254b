package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.BROKEN;
import static dev.dray.domain.worker.ReadinessRig.LOADED;
import static dev.dray.domain.worker.ReadinessRig.LOG;
import static dev.dray.domain.worker.ReadinessRig.bad;
import static dev.dray.domain.worker.ReadinessRig.good;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.ScriptedModel.Step;
import dev.dray.model.ReadinessState;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReadinessDeskTest {
    private static final String WAITING = "LOADING: waiting for a load marker in " + LOG;
    private static final String ERROR_MARKER = "Traceback (most recent call last):";

    private final ReadinessRig rig = new ReadinessRig();

    private static ReadinessState state(ReadinessDesk desk) {
        return desk.standing().readiness().state();
    }

    private static String reason(ReadinessDesk desk) {
        return desk.standing().readiness().reason();
    }

    /// A desk whose model server's log is open and silent.
    private ReadinessDesk loading() {
        ReadinessDesk desk = rig.desk();
        desk.start();
        desk.runBegan(LOG);
        desk.caughtUp();
        return desk;
    }

    private ReadinessDesk benchmarking() {
        ReadinessDesk desk = loading();
        desk.line(rig.line(LOADED));
        return desk;
    }

    private ReadinessDesk verifying() {
        ReadinessDesk desk = benchmarking();
        rig.pass(Duration.ofMillis(400));
        return desk;
    }

    private ReadinessDesk unhealthy() {
        ReadinessDesk desk = rig.ready();
        rig.pass(Duration.ofSeconds(10));
        rig.health.answer(bad("status 500"));
        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(bad("status 500"));
        return desk;
    }

    @Nested
    class OnTheWay {
        @Test
        void comesToReadyThroughEveryStateInOrder() {
            ReadinessDesk desk = verifying();
            rig.health.answer(good());

            assertThat(rig.news())
                    .containsExactly(
                            WAITING,
                            "BENCHMARKING",
                            "round 0/3",
                            "round 1/3 400",
                            "round 2/3 400",
                            "round 3/3 400",
                            "saved",
                            "measured 400",
                            "VERIFYING",
                            "READY");
            assertThat(desk.standing().everReady()).isTrue();
            assertThat(desk.standing().capacityUnitsPerSecond())
                    .hasValue(desk.benchmark().orElseThrow().unitsPerSecond());
            assertThat(desk.standing().loadTime()).contains(Duration.ofMillis(400));
        }

        @Test
        void waitsForTheLogBeforeItStarts() {
            ReadinessDesk desk = rig.desk();
            desk.start();
            rig.pass(Duration.ofHours(1));

            assertThat(state(desk)).isEqualTo(ReadinessState.STARTING);
            assertThat(desk.standing().loadTime()).isEmpty();
            assertThat(desk.standing().capacityUnitsPerSecond()).isEmpty();
        }

        @Test
        void startsToBenchmarkAtOnceWhereNoLogIsRead() {
            rig.readsLog = false;
            ReadinessDesk desk = rig.desk();
            desk.start();

            assertThat(rig.news()).containsExactly("LOADING", "BENCHMARKING", "round 0/3");
            assertThat(state(desk)).isEqualTo(ReadinessState.BENCHMARKING);
        }

        @Test
        void newRunWhereNoLogIsReadCountsAsLoadedAtOnce() {
            rig.readsLog = false;
            rig.pinned = OptionalDouble.of(5);
            ReadinessDesk desk = rig.desk();
            desk.start();
            desk.runBegan("vllm serve");

            assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
        }

        @Test
        void isReadyAtOnceAfterTheBenchmarkWithoutHealthUrl() {
            rig.probesHealth = false;
            ReadinessDesk desk = verifying();

            assertThat(rig.news()).endsWith("measured 400", "VERIFYING", "READY");
            assertThat(state(desk)).isEqualTo(ReadinessState.READY);
            assertThat(rig.health.probes()).isZero();
        }

        @Test
        void measuresSerialRoutesOneByOne() {
            rig.concurrency = Concurrency.serial();
            verifying();

            assertThat(rig.model.most()).isEqualTo(1);
        }

        @Test
        void knownResultIsNotMeasuredAgain() {
            rig.keep(812);
            ReadinessDesk desk = benchmarking();

            assertThat(rig.news()).containsExactly(WAITING, "BENCHMARKING", "known 812", "VERIFYING");
            assertThat(rig.model.calls()).isEmpty();
            assertThat(desk.standing().capacityUnitsPerSecond()).hasValue(812);
            assertThat(desk.benchmark()).isPresent();
        }

        @Test
        void pinnedCapacityIsNotMeasured() {
            rig.pinned = OptionalDouble.of(99);
            ReadinessDesk desk = benchmarking();

            assertThat(rig.news()).containsExactly(WAITING, "BENCHMARKING", "VERIFYING");
            assertThat(rig.model.calls()).isEmpty();
            assertThat(desk.standing().capacityUnitsPerSecond()).hasValue(99);
            assertThat(desk.benchmark()).isEmpty();
        }

        @Test
        void backendWithoutBenchmarkGoesOnWithoutCapacity() {
            rig.benchmarked = false;
            ReadinessDesk desk = benchmarking();
            rig.health.answer(good());

            assertThat(state(desk)).isEqualTo(ReadinessState.READY);
            assertThat(desk.standing().capacityUnitsPerSecond()).isEmpty();
        }

        @Test
        void secondLoadLineWhileMeasuringMeasuresNothing() {
            ReadinessDesk desk = benchmarking();
            desk.line(rig.line(LOADED));
            rig.pass(Duration.ofMillis(400));
            desk.line(rig.line(LOADED));

            assertThat(rig.model.calls()).hasSize(13);
            assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
        }

        @Test
        void infoLineIsNoted() {
            ReadinessDesk desk = loading();
            rig.news();
            desk.line(rig.line("{\"message\":\"Download 3 GB\"}"));

            assertThat(rig.news()).containsExactly("noted \"message\":\"Download in {\"message\":\"Download 3 GB\"}");
        }

        @Test
        void callbacksInsideTheCallsComeToReadyInTheSameOrder() {
            rig.model.script(_ -> Step.answer(200, Duration.ZERO));
            rig.health.answerInline(good());
            ReadinessDesk desk = benchmarking();

            assertThat(state(desk)).isEqualTo(ReadinessState.READY);
            assertThat(rig.changes.stream().map(change -> change.to().state()))
                    .containsExactly(
                            ReadinessState.LOADING,
                            ReadinessState.BENCHMARKING,
                            ReadinessState.VERIFYING,
                            ReadinessState.READY);
            assertThat(rig.news()).containsSubsequence("round 3/3 40000000000", "saved", "VERIFYING", "READY");
        }

        @Test
        void listenerThatComesBackHearsLaterEventsLater() {
            ReadinessDesk desk = loading();
            rig.onEvent = () -> {
                if (state(desk) == ReadinessState.BENCHMARKING) {
                    desk.drain();
                }
            };
            rig.news();
            desk.line(rig.line(LOADED));

            assertThat(rig.news()).containsExactly("BENCHMARKING", "DRAINING");
            assertThat(rig.model.calls()).isEmpty();
        }
    }

    @Nested
    class FromTheBacklog {
        private ReadinessDesk opened(String... texts) {
            ReadinessDesk desk = rig.desk();
            desk.start();
            desk.runBegan(LOG);
            for (String text : texts) {
                desk.line(rig.old(text));
            }
            return desk;
        }

        @Test
        void nothingFiresBeforeItIsAllRead() {
            ReadinessDesk desk = opened(LOADED, BROKEN, "\"message\":\"Download");

            assertThat(rig.news()).containsExactly(WAITING);
            assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
        }

        @Test
        void lastLoadMarkerDecides() {
            ReadinessDesk desk = opened(BROKEN, LOADED);
            desk.caughtUp();

            assertThat(state(desk)).isEqualTo(ReadinessState.BENCHMARKING);
            assertThat(rig.news()).doesNotContain("FAILED: " + ERROR_MARKER);
        }

        @Test
        void lastErrorMarkerDecides() {
            ReadinessDesk desk = opened(LOADED, BROKEN);
            desk.caughtUp();

            assertThat(rig.news()).containsExactly(WAITING, "FAILED: " + ERROR_MARKER);
            assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
            assertThat(rig.model.calls()).isEmpty();
        }

        @Test
        void unfinishedLastLineFiresWhenItGrows() {
            ReadinessDesk desk = opened("INFO: Application startup");
            desk.caughtUp();
            assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);

            desk.line(new LogLine(1, LOADED, false));
            assertThat(state(desk)).isEqualTo(ReadinessState.BENCHMARKING);
        }

        @Test
        void newLineBeforeTheWordThatItIsAllReadDecidesTheBacklogFirst() {
            ReadinessDesk desk = opened(LOADED);
            desk.line(rig.line(BROKEN));

            assertThat(rig.news()).startsWith(WAITING, "BENCHMARKING").endsWith("FAILED: " + ERROR_MARKER);
        }
    }

    @Nested
    class Failing {
        @Test
        void errorMarkerDuringTheBenchmarkFailsAtOnceAndAbortsIt() {
            rig.model.script(number -> number == 0 ? Step.answer(200, Duration.ofMillis(100)) : Step.hang());
            ReadinessDesk desk = verifying();
            assertThat(rig.model.running()).isEqualTo(4);

            desk.line(rig.line(BROKEN));

            assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
            assertThat(reason(desk)).isEqualTo(ERROR_MARKER);
            assertThat(rig.model.running()).isZero();
            assertThat(rig.model.aborted()).isEqualTo(4);
            rig.pass(Duration.ofHours(1));
            assertThat(rig.model.calls()).hasSize(5);
            assertThat(desk.standing().capacityUnitsPerSecond()).isEmpty();
        }

        @Test
        void errorMarkerWhileVerifyingStopsProbing() {
            ReadinessDesk desk = verifying();
            desk.line(rig.line(BROKEN));
            rig.health.answer(good());
            rig.pass(Duration.ofHours(1));

            assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
            assertThat(rig.health.probes()).isEqualTo(1);
        }

        @Test
        void errorMarkerAfterReadyIsReportedButServiceStays() {
            ReadinessDesk desk = rig.ready();
            Standing before = desk.standing();
            desk.line(rig.line(BROKEN));

            assertThat(rig.news()).containsExactly("FAILED: " + ERROR_MARKER);
            assertThat(desk.standing().everReady()).isTrue();
            assertThat(desk.standing().draining()).isFalse();
            assertThat(desk.standing().capacityUnitsPerSecond()).isEqualTo(before.capacityUnitsPerSecond());
            assertThat(desk.standing().loadTime()).isEqualTo(before.loadTime());
        }

        @Test
        void firstReasonStays() {
            ReadinessDesk desk = loading();
            desk.line(rig.line(BROKEN));
            desk.line(rig.line("INFO exited: vllm"));

            assertThat(reason(desk)).isEqualTo(ERROR_MARKER);
            assertThat(rig.news()).containsExactly(WAITING, "FAILED: " + ERROR_MARKER);
        }

        @Test
        void loadMarkerLeavesItWithTheKnownBenchmark() {
            ReadinessDesk desk = rig.ready();
            desk.line(rig.line(BROKEN));
            rig.kept.clear();
            rig.pass(Duration.ofSeconds(9));
            rig.news();
            desk.line(rig.line(LOADED));
            rig.health.answer(good());

            assertThat(rig.news()).containsExactly("LOADING", "BENCHMARKING", "known 400", "VERIFYING", "READY");
            assertThat(rig.model.calls()).hasSize(13);
            assertThat(desk.standing().loadTime()).contains(Duration.ofMillis(9_700));
        }

        @Test
        void newRunLeavesItAndMeasuresWhatWasNeverMeasured() {
            ReadinessDesk desk = benchmarking();
            desk.line(rig.line(BROKEN));
            rig.news();
            desk.runBegan(LOG);
            desk.line(new LogLine(1, LOADED, false));
            rig.pass(Duration.ofMillis(400));

            assertThat(rig.news())
                    .startsWith(WAITING, "BENCHMARKING", "round 0/3")
                    .endsWith("measured 400", "VERIFYING");
            assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
        }

        @Test
        void benchmarkWithoutSuccessFailsWithItsReasonAndALaterLoadLineTriesAgain() {
            rig.model.script(number ->
                    number < 5 ? Step.answer(500, Duration.ofMillis(100)) : Step.answer(200, Duration.ofMillis(100)));
            ReadinessDesk desk = verifying();

            assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
            assertThat(reason(desk))
                    .startsWith("No successful responses from benchmark")
                    .contains("4 × status 500");
            assertThat(desk.standing().capacityUnitsPerSecond()).isEmpty();
            assertThat(rig.kept).isEmpty();

            desk.line(rig.line(LOADED));
            rig.pass(Duration.ofMillis(400));
            assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
        }

        @Test
        void warmUpThatCannotConnectFails() {
            rig.model.script(_ -> Step.fail(Kind.REFUSED, Duration.ZERO));
            ReadinessDesk desk = benchmarking();

            assertThat(reason(desk)).startsWith("Benchmark failed with error: the warm-up request");
        }

        @Test
        void pluginThatThrowsIsNamed() {
            rig.payloads = _ -> {
                throw new IllegalStateException("no voice set");
            };
            ReadinessDesk desk = benchmarking();

            assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
            assertThat(reason(desk)).contains("plugin 'vllm'", "no voice set");
        }
    }

    @Nested
    class ProbingHealth {
        @Test
        void beginsOnlyAfterTheBenchmark() {
            benchmarking();
            rig.pass(Duration.ofMillis(399));
            assertThat(rig.health.probes()).isZero();

            rig.pass(Duration.ofMillis(1));
            assertThat(rig.health.inTheAir()).isEqualTo(1);
        }

        @Test
        void waitsForTheFirstGoodProbeAsLongAsItTakesAndSaysWhatTheLastOneSaid() {
            ReadinessDesk desk = verifying();
            rig.news();
            for (int i = 0; i < 1_000; i++) {
                rig.health.answer(bad(i < 500 ? "connection refused" : "status 503"));
                rig.pass(Duration.ofSeconds(1));
            }

            assertThat(rig.news()).containsExactly("VERIFYING: connection refused", "VERIFYING: status 503");
            rig.health.answer(good());
            assertThat(state(desk)).isEqualTo(ReadinessState.READY);
            assertThat(reason(desk)).isEmpty();
        }

        @Test
        void asksEveryTenSecondsWhileGoodAndEverySecondAfterABadProbe() {
            rig.ready();
            rig.pass(Duration.ofMillis(9_999));
            assertThat(rig.health.inTheAir()).isZero();
            rig.pass(Duration.ofMillis(1));
            rig.health.answer(bad("status 500"));

            rig.pass(Duration.ofMillis(999));
            assertThat(rig.health.inTheAir()).isZero();
            rig.pass(Duration.ofMillis(1));
            assertThat(rig.health.inTheAir()).isEqualTo(1);
        }

        @Test
        void oneBadProbeDecidesNothing() {
            ReadinessDesk desk = rig.ready();
            rig.pass(Duration.ofSeconds(10));
            rig.health.answer(bad("status 500"));
            rig.pass(Duration.ofSeconds(1));
            rig.health.answer(good());
            rig.pass(Duration.ofSeconds(10));
            rig.health.answer(bad("status 500"));

            assertThat(state(desk)).isEqualTo(ReadinessState.READY);
        }

        @Test
        void twoBadProbesInARowAreUnhealthyWithTheLastReason() {
            ReadinessDesk desk = unhealthy();

            assertThat(rig.news()).containsExactly("UNHEALTHY: status 500");
            rig.pass(Duration.ofSeconds(1));
            rig.health.answer(bad("connection refused"));
            assertThat(rig.news()).containsExactly("UNHEALTHY: connection refused");
            assertThat(desk.standing().everReady()).isTrue();
        }

        @Test
        void twoGoodProbesInARowRecoverAndKeepTheLoadTime() {
            ReadinessDesk desk = unhealthy();
            rig.pass(Duration.ofSeconds(1));
            rig.health.answer(good());
            assertThat(state(desk)).isEqualTo(ReadinessState.UNHEALTHY);
            rig.pass(Duration.ofSeconds(1));
            rig.health.answer(good());

            assertThat(state(desk)).isEqualTo(ReadinessState.READY);
            assertThat(desk.standing().loadTime()).contains(Duration.ofMillis(700));
        }

        @Test
        void probeThatGivesNoReasonStillHasOne() {
            ReadinessDesk desk = rig.ready();
            rig.pass(Duration.ofSeconds(10));
            rig.health.answer(bad(""));
            rig.pass(Duration.ofSeconds(1));
            rig.health.answer(bad(""));

            assertThat(reason(desk)).isEqualTo("the health probe failed");
        }

        @Test
        void loadLineWhileUnhealthyChangesNothing() {
            ReadinessDesk desk = unhealthy();
            desk.line(rig.line(LOADED));

            assertThat(state(desk)).isEqualTo(ReadinessState.UNHEALTHY);
        }

        @Test
        void answerFromBeforeANewRunIsIgnoredAndNoSecondProbeIsInTheAir() {
            rig.keep(400);
            ReadinessDesk desk = benchmarking();
            assertThat(rig.health.inTheAir()).isEqualTo(1);
            desk.runBegan(LOG);
            desk.line(new LogLine(1, LOADED, false));
            assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
            assertThat(rig.health.most()).isEqualTo(1);

            rig.health.answer(good());
            assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
            rig.health.answer(good());
            assertThat(state(desk)).isEqualTo(ReadinessState.READY);
        }
    }

    @Nested
    class WithANewRun {
        @Test
        void benchmarkInProgressIsEnded() {
            ReadinessDesk desk = benchmarking();
            desk.runBegan(LOG);
            rig.pass(Duration.ofHours(1));

            assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
            assertThat(rig.model.aborted()).isEqualTo(1);
            assertThat(rig.model.calls()).hasSize(1);
        }

        @Test
        void workerThatWasReadyKeepsCapacityLoadTimeAndService() {
            ReadinessDesk desk = rig.ready();
            Standing before = desk.standing();
            desk.runBegan(LOG);

            assertThat(rig.news()).containsExactly(WAITING);
            assertThat(desk.standing().everReady()).isTrue();
            assertThat(desk.standing().capacityUnitsPerSecond()).isEqualTo(before.capacityUnitsPerSecond());
            assertThat(desk.standing().loadTime()).isEqualTo(before.loadTime());
        }

        @Test
        void loadMarkerMakesReadyAgainWithoutMeasuring() {
            ReadinessDesk desk = rig.ready();
            desk.runBegan(LOG);
            rig.news();
            desk.line(new LogLine(1, LOADED, false));
            rig.health.answer(good()); // of the time while loading
            rig.health.answer(good());

            assertThat(rig.news()).containsExactly("BENCHMARKING", "known 400", "VERIFYING", "READY");
            assertThat(rig.model.calls()).hasSize(13);
        }

        @Test
        void rotatedLogOfAModelServerThatNeverWentAwayIsReadyAgainByHealth() {
            ReadinessDesk desk = rig.ready();
            rig.pass(Duration.ofSeconds(5));
            desk.runBegan(LOG);
            rig.health.answer(good());
            assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
            rig.pass(Duration.ofSeconds(1));
            rig.health.answer(good());

            assertThat(rig.news()).containsExactly(WAITING, "READY");
            assertThat(desk.standing().loadTime()).contains(Duration.ofMillis(700));
        }

        @Test
        void badProbesWhileItLoadsAgainChangeNothing() {
            ReadinessDesk desk = rig.ready();
            desk.runBegan(LOG);
            for (int i = 0; i < 5; i++) {
                rig.health.answer(bad("connection refused"));
                rig.pass(Duration.ofSeconds(1));
            }

            assertThat(rig.news()).containsExactly(WAITING);
        }

        @Test
        void workerThatWasNeverReadyIsNotProbed() {
            ReadinessDesk desk = verifying();
            rig.health.answer(bad("status 503"));
            desk.runBegan(LOG);
            rig.pass(Duration.ofHours(1));

            assertThat(rig.health.probes()).isEqualTo(1);
            assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
        }
    }

    @Nested
    class Ending {
        @Test
        void drainAbortsTheBenchmark() {
            ReadinessDesk desk = benchmarking();
            desk.drain();
            rig.pass(Duration.ofHours(1));

            assertThat(state(desk)).isEqualTo(ReadinessState.DRAINING);
            assertThat(desk.standing().draining()).isTrue();
            assertThat(rig.model.aborted()).isEqualTo(1);
            assertThat(rig.model.calls()).hasSize(1);
        }

        @Test
        void drainStopsProbingAndLeavesNoTimer() {
            ReadinessDesk desk = rig.ready();
            desk.drain();
            rig.pass(Duration.ofHours(1));

            assertThat(rig.time.waiting()).isZero();
            assertThat(rig.health.probes()).isEqualTo(1);
        }

        @Test
        void probeInTheAirAtDrainIsIgnored() {
            ReadinessDesk desk = verifying();
            desk.drain();
            rig.health.answer(good());

            assertThat(state(desk)).isEqualTo(ReadinessState.DRAINING);
            assertThat(desk.standing().everReady()).isFalse();
            assertThat(rig.time.waiting()).isZero();
        }

        @Test
        void nothingIsHeardWhileDraining() {
            ReadinessDesk desk = rig.ready();
            desk.drain();
            rig.news();
            desk.runBegan(LOG);
            desk.line(rig.line(LOADED));
            desk.line(rig.line(BROKEN));
            desk.caughtUp();
            desk.drain();

            assertThat(rig.news()).isEmpty();
        }

        @Test
        void stopIsFinalAndToldOnce() {
            ReadinessDesk desk = rig.ready();
            desk.drain();
            desk.stop();
            desk.stop();
            desk.drain();
            desk.start();

            assertThat(rig.news()).containsExactly("DRAINING", "STOPPED");
            assertThat(desk.standing().draining()).isTrue();
        }
    }
}
