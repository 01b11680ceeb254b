package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderedEffectsTest {
    private final OrderedEffects effects = new OrderedEffects();

    @Test
    void effectsFollowTheirDecisionInOrder() {
        List<String> done = new ArrayList<>();
        effects.decide(() -> {
            effects.later(() -> done.add("first"));
            effects.later(() -> done.add("second"));
            done.add("decision");
        });

        assertThat(done).containsExactly("decision", "first", "second");
    }

    @Test
    void decisionMadeByAnEffectHasItsEffectsLast() {
        List<String> done = new ArrayList<>();
        effects.decide(() -> {
            effects.later(() -> effects.decide(() -> effects.later(() -> done.add("inner"))));
            effects.later(() -> done.add("outer"));
        });

        assertThat(done).containsExactly("outer", "inner");
    }

    @Test
    void effectThatThrowsDoesNotHoldUpTheNextOnes() {
        List<String> done = new ArrayList<>();
        assertThatIllegalStateException()
                .isThrownBy(() -> effects.decide(() -> {
                    effects.later(() -> {
                        throw new IllegalStateException("a port broke its promise");
                    });
                    effects.later(() -> done.add("left over"));
                }));
        effects.decide(() -> effects.later(() -> done.add("next")));

        assertThat(done).containsExactly("left over", "next");
    }

    @Test
    @Timeout(30)
    void effectsOfManyThreadsAreDoneOneByOneInTheOrderDecided() throws InterruptedException {
        int threads = 8;
        int each = 2_000;
        // Both unguarded on purpose: the lock and the order of effects must protect them.
        var decided = new int[1];
        List<Integer> done = new ArrayList<>();
        var finished = new CountDownLatch(threads * each);
        for (int i = 0; i < threads; i++) {
            Thread.ofVirtual()
                    .start(() -> IntStream.range(0, each)
                            .forEach(_ -> effects.decide(() -> {
                                int number = decided[0]++;
                                effects.later(() -> {
                                    done.add(number);
                                    finished.countDown();
                                });
                            })));
        }
        finished.await();

        assertThat(done).isEqualTo(IntStream.range(0, threads * each).boxed().toList());
    }
}
