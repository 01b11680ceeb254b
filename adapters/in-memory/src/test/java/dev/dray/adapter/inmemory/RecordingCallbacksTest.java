package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.outbound.CallbackSender.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingCallbacksTest {
    private final List<Delivery> told = new ArrayList<>();

    @Test
    void writesDownWhatIsSentAndIsAnswered200() {
        var callbacks = new RecordingCallbacks();

        callbacks.send(0, callback("/one"), told::add);
        callbacks.send(0, callback("https://a.example/two"), told::add);

        assertThat(callbacks.sent()).containsExactly(callback("/one"), callback("https://a.example/two"));
        assertThat(told).containsExactly(new Delivery.Answered(200), new Delivery.Answered(200));
    }

    @Test
    void objectsOnlyToWhatItWasToldTo() {
        var callbacks = new RecordingCallbacks();
        callbacks.objectTo("http://127.0.0.1/", "loopback");

        assertThat(callbacks.objection("http://127.0.0.1/")).contains("loopback");
        assertThat(callbacks.objection("/cancel")).isEmpty();
        assertThat(callbacks.sent()).isEmpty();
    }

    @Test
    void givesQueuedResultsFirst() {
        var callbacks = new RecordingCallbacks();
        callbacks.next(new Delivery.Failed("refused"), new Delivery.Answered(500));
        callbacks.answer(204);
        for (int i = 0; i < 3; i++) {
            callbacks.send(0, callback("/cancel"), told::add);
        }
        callbacks.fail("gone");
        callbacks.send(0, callback("/cancel"), told::add);

        assertThat(told)
                .containsExactly(
                        new Delivery.Failed("refused"),
                        new Delivery.Answered(500),
                        new Delivery.Answered(204),
                        new Delivery.Failed("gone"));
    }

    @Test
    void tellsThroughTimersAfterItsDelay() {
        var timers = new ManualTimers(new ManualTicker());
        var callbacks = new RecordingCallbacks(timers);
        callbacks.delay(Duration.ofSeconds(10));

        callbacks.send(0, callback("/cancel"), told::add);
        timers.advance(Duration.ofMillis(9_999));
        assertThat(told).isEmpty();

        timers.advance(Duration.ofMillis(1));
        assertThat(told).containsExactly(new Delivery.Answered(200));
    }

    @Test
    void tellsNothingWhileSilent() {
        var timers = new ManualTimers(new ManualTicker());
        var callbacks = new RecordingCallbacks(timers);
        callbacks.silent();

        callbacks.send(0, callback("/cancel"), told::add);
        timers.advance(Duration.ofDays(1));

        assertThat(told).isEmpty();
        assertThat(callbacks.sent()).hasSize(1);
    }

    private static CallbackSender.Callback callback(String target) {
        return new CallbackSender.Callback(target, Bytes.utf8("{}"));
    }
}
