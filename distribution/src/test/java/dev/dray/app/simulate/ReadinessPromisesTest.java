package dev.dray.app.simulate;

import static dev.dray.model.ReadinessState.BENCHMARKING;
import static dev.dray.model.ReadinessState.FAILED;
import static dev.dray.model.ReadinessState.LOADING;
import static dev.dray.model.ReadinessState.READY;
import static dev.dray.model.ReadinessState.STARTING;
import static dev.dray.model.ReadinessState.VERIFYING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadinessPromisesTest {
    private final Promises promises = Quiet.promises();

    @Test
    void letLegalEdgesPass() {
        move(STARTING, LOADING);
        move(LOADING, BENCHMARKING);
        move(BENCHMARKING, VERIFYING);
        move(VERIFYING, READY);
        move(READY, LOADING);
        move(LOADING, READY);

        assertThat(promises.hold()).isTrue();
    }

    @Test
    void noticeAnIllegalEdge() {
        move(STARTING, LOADING);
        move(LOADING, FAILED);
        move(FAILED, READY);

        assertBroken("FAILED -> READY");
    }

    @Test
    void noticeAWorkerThatIsReadyBeforeItWasMeasured() {
        move(STARTING, LOADING);
        move(LOADING, READY);

        assertBroken("LOADING -> READY");
    }

    @Test
    void noticeAChangeThatBeginsWhereNothingWas() {
        move(STARTING, LOADING);
        move(FAILED, LOADING);

        assertBroken("told from");
    }

    private void assertBroken(String how) {
        assertThat(promises.firstBroken()).hasValueSatisfying(broken -> {
            assertThat(broken.promise()).isEqualTo(Promises.EDGES);
            assertThat(broken.how()).contains(how);
        });
    }

    private void move(ReadinessState from, ReadinessState to) {
        promises.hear(new ReadinessChanged(at(from), at(to)));
    }

    private static Readiness at(ReadinessState state) {
        return new Readiness(state, Instant.EPOCH, "");
    }
}
