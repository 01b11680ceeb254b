package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.BROKEN;
import static dev.dray.domain.worker.ReadinessRig.LOADED;
import static dev.dray.domain.worker.ReadinessRig.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.readiness.FaultText;
import dev.dray.domain.readiness.ReadinessStep;
import dev.dray.domain.rig.ScriptedModel.Step;
import dev.dray.domain.rig.Seeds;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.port.outbound.ModelHealth.Probe;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ReadinessProbe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random lives of a worker: lines, runs, probes, answers, failures, processes and life cycles that come
/// and go, time, at last drain and end.
class ReadinessPropertiesTest {
    private static final String PROBED = "http://127.0.0.1:8188/";

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
        private int ended;

        Life(long seed) {
            random = new SplittableRandom(seed);
            quietLife = chance(60);
            goodPercent = chance(50) ? 75 : 35;
            rig.signal = signal();
            rig.probesHealth = chance(75);
            if (chance(30)) {
                rig.loadProbe = Optional.of(new ReadinessProbe(
                        List.of(PROBED),
                        Duration.ofMillis(random.nextInt(300)),
                        Duration.ofMillis(random.nextInt(1, 300)),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(random.nextInt(1, 20_000))));
            }
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

        private LoadSignal signal() {
            int dice = random.nextInt(100);
            if (dice < 50) {
                return new LoadSignal.Log();
            }
            if (dice < 75) {
                return new LoadSignal.OwnProcess();
            }
            return dice < 85 ? new LoadSignal.Enters(rig.lifecycle) : new LoadSignal.Health();
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
            desk.drain();
            check();
            int launched = rig.model.calls().size();
            int probes = rig.health.probes();
            int questions = rig.health.questions();
            int starts = rig.process.starts();
            int ends = 0;
            if (chance(75)) {
                rest();
                ends++;
                desk.end(() -> ended++);
            }
            rest();
            rig.pass(Duration.ofHours(1));
            assertThat(rig.model.calls()).hasSize(launched);
            assertThat(rig.health.probes()).isEqualTo(probes);
            assertThat(rig.health.questions()).isEqualTo(questions);
            assertThat(rig.process.starts()).isEqualTo(starts);
            assertThat(rig.model.running()).isZero();
            assertThat(rig.time.waiting()).isZero();
            ends++;
            desk.end(() -> ended++);
            rig.pass(LifecycleKeeper.EXIT_LIMIT);
            assertThat(ended).isEqualTo(ends);
            assertThat(state()).isEqualTo(ReadinessState.STOPPED);
            assertThat(rig.process.isRunning()).isFalse();
            assertThat(rig.lifecycle.stops()).isEqualTo(rig.lifecycle.starts());
            assertThat(rig.time.waiting()).isZero();
        }

        private void rest() {
            for (int i = 0; i < 20; i++) {
                happen();
                check();
            }
        }

        private void happen() {
            // In a quiet life the log says little once it is ready, so that health has the word.
            boolean quiet = quietLife && last.everReady() && chance(85);
            switch (quiet ? random.nextInt(8, 21) : random.nextInt(21)) {
                case 0 -> begin();
                case 1, 2 -> say(LOADED);
                case 3 -> say(chance(40) ? BROKEN : "INFO exited: vllm");
                case 4 -> say("\"message\":\"Download");
                case 5 -> again(LOADED + BROKEN);
                case 6 -> {
                    desk.caughtUp();
                    rig.health.listening(PROBED, chance(50));
                }
                case 7 -> comeOrGo();
                case 8, 9, 10, 11, 12, 13 -> {
                    if (rig.health.inTheAir() > 0) {
                        rig.health.answer(probe());
                    }
                }
                default -> rig.pass(Duration.ofMillis(chance(30) ? 12_000 : random.nextInt(300)));
            }
        }

        private void begin() {
            switch (rig.signal) {
                case LoadSignal.Log(), LoadSignal.Health() -> {
                    desk.runBegan(LOG);
                    lineNumber = 0;
                }
                case LoadSignal.OwnProcess(), LoadSignal.Enters _ -> comeOrGo();
            }
        }

        private void comeOrGo() {
            switch (rig.signal) {
                case LoadSignal.OwnProcess() -> {
                    // Long runs are as likely as short ones, so that not all of them are given up.
                    if (rig.process.isRunning() && chance(50)) {
                        ReadinessState before = state();
                        long starts = rig.process.starts();
                        rig.process.end("exited with status 1", "line 1", "line 2");
                        assertThat(rig.process.starts())
                                .as("no start without a pause")
                                .isEqualTo(starts);
                        assertThat(state()).isEqualTo(closing(before) ? before : ReadinessState.FAILED);
                    } else {
                        rig.pass(Duration.ofMinutes(random.nextInt(1, 12)));
                    }
                }
                case LoadSignal.Enters _ -> {
                    switch (random.nextInt(3)) {
                        case 0 -> rig.lifecycle.fail(new IllegalStateException("no GPU"));
                        case 1 -> rig.lifecycle.exit();
                        default -> rig.lifecycle.enter();
                    }
                }
                case LoadSignal.Log(), LoadSignal.Health() -> {}
            }
        }

        private ReadinessState state() {
            return desk.standing().readiness().state();
        }

        private static boolean closing(ReadinessState state) {
            return state == ReadinessState.DRAINING || state == ReadinessState.STOPPED;
        }

        private void again(String text) {
            if (!(rig.signal instanceof LoadSignal.OwnProcess)) {
                desk.line(new LogLine(lineNumber, text, chance(20)));
            }
        }

        private void say(String text) {
            switch (rig.signal) {
                case LoadSignal.OwnProcess() -> {
                    if (rig.process.isRunning()) {
                        rig.process.say(text);
                    }
                }
                case LoadSignal.Log(), LoadSignal.Health() -> desk.line(new LogLine(++lineNumber, text, chance(20)));
                // No log is followed.
                case LoadSignal.Enters _ -> {}
            }
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
                assertThat(now.readiness().reason()).isNotBlank().hasSizeLessThanOrEqualTo(FaultText.MOST_CHARS);
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
