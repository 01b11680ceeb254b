package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Outcome;
import dev.dray.port.outbound.WorkerEvent.SessionClosed;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients, platform and model server do anything in any order; what must hold is looked at after every step.
class RequestPropertiesTest {
    private static final int STEPS = 300;

    static List<Long> seeds() {
        return new SplittableRandom(5).longs(200).boxed().toList();
    }

    static List<Long> someSeeds() {
        return seeds().subList(0, 8);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsItsPromisesWhateverHappens(long seed) {
        var history = new RequestHistory(seed);
        var promises = new RequestInvariants(history);
        for (int step = 0; step < STEPS; step++) {
            history.step();
            promises.check();
        }
        history.finish();
        promises.checkEnd();
    }

    @Test
    void historiesContainEverythingThatMayHappen() {
        var ends = new HashSet<String>();
        var statuses = new HashSet<Integer>();
        int mostHeld = 0;
        for (long seed : seeds().subList(0, 40)) {
            var history = new RequestHistory(seed);
            for (int step = 0; step < STEPS; step++) {
                history.step();
                mostHeld = Math.max(mostHeld, history.world().desk().load().held());
            }
            history.finish();
            history.world().told(SessionClosed.class).forEach(one -> ends.add(one.reason()));
            history.world().ended().forEach(one -> {
                ends.add(one.reason());
                ends.add(one.outcome().word());
                statuses.add(one.status());
            });
        }

        assertThat(ends)
                .contains("ended", "expired", "drained", Effects.SESSION_CLOSED, Effects.CLIENT_GONE)
                .containsAll(Stream.of(Outcome.values()).map(Outcome::word).toList());
        assertThat(statuses).contains(0, 200, 201, 400, 401, 410, 422, 429, 500, 502, 503, 504);
        assertThat(mostHeld).isEqualTo(RequestHistory.LIMITS.concurrentRequests());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("someSeeds")
    void callsNoPortAndNoPluginUnderItsLock(long seed) {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            var history = new RequestHistory(seed);
            history.world().onPortCall = () -> {
                try {
                    // Were the lock held here, another thread could not read the counters now.
                    other.submit(() -> history.world().desk().load()).get(10, TimeUnit.SECONDS);
                } catch (Exception blocked) {
                    throw new AssertionError("a port was called while the lock was held", blocked);
                }
            };
            for (int step = 0; step < STEPS; step++) {
                history.step();
            }
            history.finish();
        }
    }
}
