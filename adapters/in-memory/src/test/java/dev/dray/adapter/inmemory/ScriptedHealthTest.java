package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.outbound.ModelHealth.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedHealthTest {
    private final List<Probe> told = new ArrayList<>();

    @Test
    void isGoodUntilToldOtherwise() {
        var health = new ScriptedHealth();
        health.probe(0, told::add);
        health.bad("status 503");
        health.probe(0, told::add);
        health.good();
        health.probe(0, told::add);

        assertThat(told).containsExactly(new Probe.Good(), new Probe.Bad("status 503"), new Probe.Good());
        assertThat(health.probes()).isEqualTo(3);
    }

    @Test
    void givesQueuedAnswersFirst() {
        var health = new ScriptedHealth();
        health.next(new Probe.Bad("refused"), new Probe.Bad("status 500"));
        for (int i = 0; i < 3; i++) {
            health.probe(0, told::add);
        }

        assertThat(told).containsExactly(new Probe.Bad("refused"), new Probe.Bad("status 500"), new Probe.Good());
    }

    @Test
    void answersThroughTimersAfterItsDelay() {
        var timers = new ManualTimers(new ManualTicker());
        var health = new ScriptedHealth(timers);
        health.delay(Duration.ofMillis(5));

        health.probe(0, told::add);
        timers.advance(Duration.ofMillis(4));
        assertThat(told).isEmpty();

        timers.advance(Duration.ofMillis(1));
        assertThat(told).containsExactly(new Probe.Good());
    }

    @Test
    void neverAnswersWhileSilent() {
        var timers = new ManualTimers(new ManualTicker());
        var health = new ScriptedHealth(timers);
        health.silent();

        health.probe(0, told::add);
        timers.advance(Duration.ofDays(1));

        assertThat(told).isEmpty();
        assertThat(health.probes()).isEqualTo(1);
    }
}
