package dev.dray.domain.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dray.model.ReadinessState;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadinessMachineTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    /// How to come to each state from STARTING.
    private static final Map<ReadinessState, List<ReadinessState>> WAYS = new EnumMap<>(Map.of(
            ReadinessState.STARTING, List.of(),
            ReadinessState.LOADING, way("LOADING"),
            ReadinessState.BENCHMARKING, way("LOADING BENCHMARKING"),
            ReadinessState.VERIFYING, way("LOADING BENCHMARKING VERIFYING"),
            ReadinessState.READY, way("LOADING BENCHMARKING VERIFYING READY"),
            ReadinessState.UNHEALTHY, way("LOADING BENCHMARKING VERIFYING READY UNHEALTHY"),
            ReadinessState.FAILED, way("LOADING FAILED"),
            ReadinessState.DRAINING, way("DRAINING"),
            ReadinessState.STOPPED, way("STOPPED")));

    private static List<ReadinessState> way(String states) {
        return Arrays.stream(states.split(" ", -1)).map(ReadinessState::valueOf).toList();
    }

    private static ReadinessMachine in(ReadinessState state) {
        var machine = new ReadinessMachine(NOON, "");
        WAYS.getOrDefault(state, List.of()).forEach(step -> machine.move(step, "reason", NOON));
        return machine;
    }

    @ParameterizedTest
    @EnumSource
    void movesAlongLegalEdgesAndRefusesAllOthersByName(ReadinessState from) {
        for (ReadinessState to : ReadinessState.values()) {
            var machine = in(from);
            if (to == from || ReadinessStep.leads(from, to)) {
                assertThat(machine.move(to, "reason", LATER).state()).isEqualTo(to);
            } else {
                assertThatIllegalStateException()
                        .isThrownBy(() -> machine.move(to, "reason", LATER))
                        .withMessageContaining("from " + from + " to " + to);
            }
        }
    }

    @Test
    void edgesAreTheseAndNoOthers() {
        assertThat(edgesFrom(ReadinessState.STARTING)).isEqualTo("LOADING DRAINING STOPPED");
        assertThat(edgesFrom(ReadinessState.LOADING)).isEqualTo("BENCHMARKING READY FAILED DRAINING STOPPED");
        assertThat(edgesFrom(ReadinessState.BENCHMARKING)).isEqualTo("LOADING VERIFYING FAILED DRAINING STOPPED");
        assertThat(edgesFrom(ReadinessState.VERIFYING)).isEqualTo("LOADING READY FAILED DRAINING STOPPED");
        assertThat(edgesFrom(ReadinessState.READY)).isEqualTo("LOADING UNHEALTHY FAILED DRAINING STOPPED");
        assertThat(edgesFrom(ReadinessState.UNHEALTHY)).isEqualTo("LOADING READY FAILED DRAINING STOPPED");
        assertThat(edgesFrom(ReadinessState.FAILED)).isEqualTo("LOADING DRAINING STOPPED");
        assertThat(edgesFrom(ReadinessState.DRAINING)).isEqualTo("STOPPED");
        assertThat(edgesFrom(ReadinessState.STOPPED)).isEmpty();
    }

    private static String edgesFrom(ReadinessState from) {
        return String.join(
                " ",
                Arrays.stream(ReadinessState.values())
                        .filter(to -> ReadinessStep.leads(from, to))
                        .map(Enum::name)
                        .toList());
    }

    @Test
    void sinceIsTheLastChangeOfStateOrReason() {
        var machine = in(ReadinessState.VERIFYING);

        assertThat(machine.move(ReadinessState.VERIFYING, "reason", LATER).since())
                .isEqualTo(NOON);
        assertThat(machine.move(ReadinessState.VERIFYING, "status 503", LATER).since())
                .isEqualTo(LATER);
        assertThat(machine.now().reason()).isEqualTo("status 503");
    }

    @Test
    void faultWithoutReasonIsRefusedAndChangesNothing() {
        var machine = in(ReadinessState.LOADING);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> machine.move(ReadinessState.FAILED, " ", LATER))
                .withMessageContaining("FAILED needs a reason");
        assertThat(machine.now().state()).isEqualTo(ReadinessState.LOADING);
    }
}
