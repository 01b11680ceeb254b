package dev.dray.plugin.comfyui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.ReadinessProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WrapperProbeTest {
    private static ReadinessProbe probe(FakePluginContext context) {
        return new ComfyJsonPlugin().start(context).readinessProbe().orElseThrow();
    }

    @Test
    void asksComfyUiAndTheWrapperForTenMinutes() {
        ReadinessProbe probe = probe(FakePluginContext.builder().build());

        assertThat(probe.urls())
                .containsExactly("http://127.0.0.1:18188/system_stats", "http://127.0.0.1:18288/health");
        assertThat(probe.delay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(probe.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(probe.timeOut()).isEqualTo(Duration.ofSeconds(2));
        assertThat(probe.deadline()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\": {\"url\": \"http://127.0.0.1:9000\"}} | http://127.0.0.1:9000/health",
                "{\"model\": {\"url\": \"http://127.0.0.1:9000/\"}} | http://127.0.0.1:9000/health",
                "{\"model\": {\"url\": [\"http://127.0.0.1:9001\", \"http://127.0.0.1:9002\"]}} | http://127.0.0.1:9001/health",
                "{\"model\": {\"servers\": [{\"url\": \"http://127.0.0.1:9003\"}]}} | http://127.0.0.1:9003/health",
                "{\"model\": {\"url\": 5}} | http://127.0.0.1:18288/health",
                "{} | http://127.0.0.1:18288/health"
            })
    void followsTheFileToTheWrapper(String settings, String url) {
        ReadinessProbe probe =
                probe(FakePluginContext.builder().settings(settings).build());

        assertThat(probe.urls().getLast()).isEqualTo(url);
    }

    @Test
    void followsTheWrappersVariableToComfyUi() {
        FakePluginContext context = FakePluginContext.builder()
                .environment("COMFYUI_API_BASE", " http://10.0.0.2:8188/ ")
                .build();

        assertThat(probe(context).urls().getFirst()).isEqualTo("http://10.0.0.2:8188/system_stats");
        assertThat(context.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8188", "not a url", "ftp://host", "http:///x"})
    void warnsOfABaseThatIsNoUrl(String base) {
        FakePluginContext context = FakePluginContext.builder()
                .environment("COMFYUI_API_BASE", base)
                .build();

        assertThat(probe(context).urls().getFirst()).isEqualTo("http://127.0.0.1:18188/system_stats");
        assertThat(context.warnings()).singleElement().asString().contains("COMFYUI_API_BASE", base);
    }

    @Test
    void leavesReadinessOfTheExamplesToTheLog() {
        FakePluginContext context = FakePluginContext.builder().build();

        assertThat(new ComfyWanPlugin().start(context).readinessProbe()).isEmpty();
        assertThat(new ComfyAcePlugin().start(context).readinessProbe()).isEmpty();
    }
}
