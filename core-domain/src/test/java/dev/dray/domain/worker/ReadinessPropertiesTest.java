package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.BROKEN;
import static dev.dray.domain.worker.ReadinessRig.LOADED;
import static dev.dray.domain.worker.ReadinessRig.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.readiness.ReadinessStep;
import dev.dray.domain.rig.ScriptedModel.Step;
import dev.dray.domain.rig.Seeds;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.port.outbound.ModelHealth.Probe;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random lives of a worker: lines, runs, probes, answers, failures, time, at last drain and stop.
class ReadinessPropertiesTest {
    private static final int MOST_STEPS = 250;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.dray.domain.rig.Seeds#all")
    void whateverHappensTheInvariantsHold(long seed) {
        new Life(seed).live();
    }

    @Test
    void livesAreVariedEnoughToWalkEveryEdgeButThoseToTheEnd() {
        Set<String> walked = new TreeSet<>();
        Seeds.all().forEach(seed -> walked.addAll(new Life(seed).live()));

        Set<String> all = new TreeSet<>();
        for (ReadinessState from : ReadinessState.values()) {
            for (ReadinessState to : ReadinessState.values()) {
                boolean end = to == ReadinessState.DRAINING || to == ReadinessState.STOPPED;
                if (ReadinessStep.leads(from, to) && !end) {
                    all.add(from + "→" + to);
                }
            }
        }
        assertThat(walked).containsAll(all);
    }

    private static final class Life {
        private final SplittableRandom random;
        private final ReadinessRig rig = new ReadinessRig();
        private final Set<String> walked = new TreeSet<>();
        private final ReadinessDesk desk;
        private final int mostAtOnce;
        private final boolean quietLife;
        private final int goodPercent;
        private Standing last;
        private Readiness told;
        private int changesSeen;
        private long lineNumber;

        Life(long seed) {
            random = new SplittableRandom(seed);
            quietLife = chance(60);
            goodPercent = chance(50) ? 75 : 35;
            rig.readsLog = chance(80);
            rig.probesHealth = chance(75);
            rig.benchmarked = chance(90);
            rig.pinned = chance(10) ? OptionalDouble.of(7) : OptionalDouble.empty();
            rig.concurrency = chance(20) ? Concurrency.serial() : Concurrency.parallel();
            rig.model.script(_ -> step());
            if (chance(25)) {
                rig.keep(300);
            }
            if (chance(20)) {
                rig.health.answerInline(probe());
            }
            mostAtOnce = rig.concurrency instanceof Concurrency.Serial ? 1 : 4;
            desk = rig.desk();
            last = desk.standing();
            told = last.readiness();
            rig.onEvent = this::check;
        }

        /// @return the edges walked
        Set<String> live() {
            if (chance(95)) {
                desk.start();
            }
            int steps = chance(40) ? random.nextInt(8) : random.nextInt(MOST_STEPS);
            for (int i = 0; i < steps; i++) {
                happen();
                check();
            }
            end();
            return walked;
        }

        private void end() {
            if (chance(50)) {
                desk.drain();
                check();
            }
            int launched = rig.model.calls().size();
            int probes = rig.health.probes();
            if (chance(50)) {
                desk.stop();
            } else {
                desk.drain();
            }
            for (int i = 0; i < 20; i++) {
                happen();
                check();
            }
            rig.pass(Duration.ofHours(1));
            assertThat(rig.model.calls()).hasSize(launched);
            assertThat(rig.health.probes()).isEqualTo(probes);
            assertThat(rig.model.running()).isZero();
            assertThat(rig.time.waiting()).isZero();
        }

        private void happen() {
            // In a quiet life the log says little once it is ready, so that health has the word.
            boolean quiet = quietLife && last.everReady() && chance(85);
            switch (quiet ? random.nextInt(7, 20) : random.nextInt(20)) {
                case 0 -> {
                    desk.runBegan(LOG);
                    lineNumber = 0;
                }
                case 1, 2 -> say(LOADED);
                case 3 -> say(chance(40) ? BROKEN : "INFO exited: vllm");
                case 4 -> say("\"message\":\"Download");
                case 5 -> desk.line(new LogLine(lineNumber, LOADED + BROKEN, chance(20)));
                case 6 -> desk.caughtUp();
                case 7, 8, 9, 10, 11, 12 -> {
                    if (rig.health.inTheAir() > 0) {
                        rig.health.answer(probe());
                    }
                }
                default -> rig.pass(Duration.ofMillis(chance(30) ? 12_000 : random.nextInt(300)));
            }
        }

        private void say(String text) {
            desk.line(new LogLine(++lineNumber, text, chance(20)));
        }

        private Step step() {
            var after = Duration.ofMillis(chance(20) ? 0 : random.nextInt(1, 200));
            int dice = random.nextInt(100);
            if (dice < 90) {
                return Step.answer(200, after);
            }
            if (dice < 95) {
                return Step.answer(503, after);
            }
            return dice < 98 ? Step.fail(Kind.RESET, after) : Step.hang();
        }

        private Probe probe() {
            return chance(goodPercent) ? new Probe.Good() : new Probe.Bad(chance(50) ? "status 503" : " ");
        }

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        private void check() {
            checkChanges();
            Standing now = desk.standing();
            if (now.readiness().isFaulty()) {
                assertThat(now.readiness().reason()).isNotBlank();
            }
            now.capacityUnitsPerSecond()
                    .ifPresent(units -> assertThat(units).isFinite().isPositive());
            assertThat(now.everReady() || !last.everReady()).isTrue();
            assertThat(now.draining() || !last.draining()).isTrue();
            assertThat(now.loadTime().isPresent()).isEqualTo(now.everReady());
            assertThat(rig.model.running()).isLessThanOrEqualTo(mostAtOnce);
            assertThat(rig.health.most()).isLessThanOrEqualTo(1);
            last = now;
        }

        private void checkChanges() {
            for (ReadinessChanged change : rig.changes.subList(changesSeen, rig.changes.size())) {
                assertThat(change.from()).isEqualTo(told);
                told = change.to();
                ReadinessState from = change.from().state();
                ReadinessState to = told.state();
                if (from == to) {
                    assertThat(told.reason()).isNotEqualTo(change.from().reason());
                } else {
                    assertThat(ReadinessStep.leads(from, to)).isTrue();
                    walked.add(from + "→" + to);
                }
                if (to == ReadinessState.READY) {
                    checkReady();
                }
            }
            changesSeen = rig.changes.size();
        }

        private void checkReady() {
            OptionalDouble capacity = desk.standing().capacityUnitsPerSecond();
            if (rig.pinned.isPresent()) {
                assertThat(capacity).isEqualTo(rig.pinned);
            } else if (rig.benchmarked) {
                // What made it ready is in the store already.
                assertThat(rig.kept)
                        .hasEntrySatisfying("key", kept -> assertThat(capacity).hasValue(kept.unitsPerSecond()));
            } else {
                assertThat(capacity).isEmpty();
            }
        }
    }
}
