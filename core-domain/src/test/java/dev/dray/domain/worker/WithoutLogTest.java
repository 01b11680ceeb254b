package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.bad;
import static dev.dray.domain.worker.ReadinessRig.good;
import static dev.dray.domain.worker.ReadinessRig.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.ScriptedModel.Step;
import dev.dray.model.ReadinessState;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A model server whose log is not followed: health stands for it.
class WithoutLogTest {
    private final ReadinessRig rig = new ReadinessRig();

    @BeforeEach
    void readNoLog() {
        rig.signal = new WorkerPlan.LoadSignal.Health();
    }

    @Test
    void startsToBenchmarkAtOnceWithoutHealthUrl() {
        rig.probesHealth = false;
        ReadinessDesk desk = started();

        assertThat(rig.news()).containsExactly("LOADING", "BENCHMARKING", "round 0/3");
        assertThat(state(desk)).isEqualTo(ReadinessState.BENCHMARKING);
    }

    @Test
    void measuresNothingBeforeTheFirstGoodProbe() {
        ReadinessDesk desk = started();
        for (int i = 0; i < 100; i++) {
            rig.health.answer(bad("connection refused"));
            rig.pass(Duration.ofSeconds(1));
        }

        assertThat(rig.news())
                .containsExactly(
                        "LOADING: waiting for the model server's health",
                        "LOADING: waiting for the model server's health: connection refused");
        assertThat(rig.model.calls()).isEmpty();

        rig.health.answer(good());

        assertThat(rig.news()).containsExactly("BENCHMARKING", "round 0/3");
        assertThat(state(desk)).isEqualTo(ReadinessState.BENCHMARKING);
    }

    @Test
    void comesToReadyByHealthAlone() {
        ReadinessDesk desk = started();
        rig.health.answer(good());
        rig.pass(Duration.ofMillis(400));
        rig.health.answer(good());

        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
        assertThat(desk.standing().loadTime()).contains(Duration.ofMillis(400));
    }

    @Test
    void newRunIsMeasuredOnlyWhenItIsThere() {
        rig.pinned = OptionalDouble.of(5);
        ReadinessDesk desk = started();
        rig.health.answer(good());
        desk.runBegan("vllm serve");

        assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
    }

    @Test
    void failureIsLeftWhenTheModelServerWasGoneAndIsBack() {
        ReadinessDesk desk = failed();

        rig.health.answer(good());
        assertThat(state(desk)).as("it never went away").isEqualTo(ReadinessState.FAILED);

        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(bad("connection refused"));
        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(good());
        assertThat(state(desk)).isEqualTo(ReadinessState.BENCHMARKING);
    }

    private ReadinessDesk started() {
        ReadinessDesk desk = rig.desk();
        desk.start();
        return desk;
    }

    private ReadinessDesk failed() {
        rig.model.script(_ -> Step.answer(500, Duration.ofMillis(100)));
        ReadinessDesk desk = started();
        rig.health.answer(good());
        rig.pass(Duration.ofSeconds(5));
        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        rig.news();
        return desk;
    }
}
