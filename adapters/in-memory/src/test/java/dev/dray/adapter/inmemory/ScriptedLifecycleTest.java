package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedLifecycleTest {
    private final ScriptedLifecycle lifecycle = new ScriptedLifecycle();
    private final List<String> told = new ArrayList<>();

    private void start() {
        lifecycle.start(() -> told.add("entered"), fault -> told.add("failed: " + fault.getMessage()));
    }

    @Test
    void entersAndExitsWhenToldTo() {
        start();
        assertThat(told).isEmpty();
        lifecycle.enter();
        lifecycle.stop(() -> told.add("exited"));
        assertThat(told).containsExactly("entered");
        lifecycle.exit();

        assertThat(told).containsExactly("entered", "exited");
        assertThat(lifecycle.starts()).isEqualTo(1);
        assertThat(lifecycle.stops()).isEqualTo(1);
    }

    @Test
    void failsWithWhatATestThrows() {
        start();
        lifecycle.fail(new IllegalStateException("no GPU"));

        assertThat(told).containsExactly("failed: no GPU");
    }

    @Test
    void tellsEachThingOnce() {
        start();
        lifecycle.enter();
        lifecycle.enter();
        lifecycle.fail(new IllegalStateException("too late"));
        lifecycle.exit();

        assertThat(told).containsExactly("entered");
    }
}
