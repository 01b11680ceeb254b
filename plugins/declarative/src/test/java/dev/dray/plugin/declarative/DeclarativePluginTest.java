package dev.dray.plugin.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.Backend;
import dev.dray.spi.Route;
import org.junit.jupiter.api.Test;

class DeclarativePluginTest {
    @Test
    void servesTheRoutesOfTheFile() {
        FakePluginContext context = FakePluginContext.builder().settings("""
                        {"model": {"url": "http://127.0.0.1:18000", "log-file": "a.log"},
                         "log-actions": {"on-load": ["ready"]},
                         "handlers": [{"route": "/a"}, {"route": "/b"}]}""").build();

        try (Backend backend = new DeclarativePlugin().start(context)) {
            assertThat(context.problems()).isEmpty();
            assertThat(backend.model().url()).isEqualTo("http://127.0.0.1:18000");
            assertThat(backend.routes()).extracting(Route::path).containsExactly("/a", "/b");
        }
    }

    @Test
    void tellsEverythingThatIsMissing() {
        FakePluginContext context = FakePluginContext.builder()
                .settings("{\"model\": {\"log-file\": \"a.log\"}}")
                .build();

        try (Backend _ = new DeclarativePlugin().start(context)) {
            assertThat(context.problems())
                    .satisfiesExactly(
                            first -> assertThat(first.toString()).contains("handlers"),
                            second -> assertThat(second.toString()).contains("model.url"),
                            third -> assertThat(third.toString()).contains("log-actions.on-load"));
        }
    }

    @Test
    void needsNoMarkersWithoutALog() {
        FakePluginContext context = FakePluginContext.builder().settings("""
                        {"model": {"url": "http://127.0.0.1:18000", "log-file": "none"},
                         "handlers": [{"route": "/a"}]}""").build();

        try (Backend _ = new DeclarativePlugin().start(context)) {
            assertThat(context.problems()).isEmpty();
        }
    }
}
