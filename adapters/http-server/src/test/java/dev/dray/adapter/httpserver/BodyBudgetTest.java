package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BodyBudgetTest {
    @Test
    void givesUpWhenThereIsNoRoomForTooLong() {
        var budget = new BodyBudget(100, Duration.ofMillis(20));

        assertThat(budget.takeWhenFree(60)).isTrue();
        assertThat(budget.takeWhenFree(60)).isFalse();
        assertThat(budget.takeWhenFree(40)).isTrue();
    }

    @Test
    void waitsForRoom() {
        var budget = new BodyBudget(100, Duration.ofMinutes(1));
        budget.take(80);
        var waiting = CompletableFuture.supplyAsync(() -> budget.takeWhenFree(60));

        budget.give(80);

        assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void neverRefusesWhatIsOnlyCounted() {
        var budget = new BodyBudget(100, Duration.ofMillis(1));
        budget.take(200);

        assertThat(budget.takeWhenFree(1)).isFalse();
        budget.give(150);
        assertThat(budget.takeWhenFree(50)).isTrue();
    }
}
