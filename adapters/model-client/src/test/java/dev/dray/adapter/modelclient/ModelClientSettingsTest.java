package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.HeaderField;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelClientSettingsTest {
    private static final ModelClientSettings GOOD = ModelClientSettings.of(URI.create("http://localhost:18000"), "1");

    @ParameterizedTest
    @ValueSource(strings = {"localhost:18000", "ftp://localhost", "/path", "http:///path"})
    void refusesAUrlThatCannotBeConnectedTo(String url) {
        assertThatThrownBy(() -> ModelClientSettings.of(URI.create(url), "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(url)
                .hasMessageContaining("model.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "proxy-authorization", "Content-Length", "Host", "Connection", "Proxy-X"})
    void refusesToForwardWhatMustNotBe(String name) {
        assertThatThrownBy(() -> GOOD.withForwardHeaders(Set.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model.forward-headers");
    }

    @Test
    void refusesFixedFieldsThatBreakTheFraming() {
        assertThatThrownBy(() -> GOOD.withHeaders(List.of(new HeaderField("Transfer-Encoding", "chunked"))))
                .hasMessageContaining("Transfer-Encoding");
        assertThatThrownBy(() -> GOOD.withHeaders(List.of(new HeaderField("X", "a\r\nb"))))
                .hasMessageContaining("model.headers");
    }

    @Test
    void refusesLimitsBelowTheirLeast() {
        assertThatThrownBy(() -> GOOD.withMaxConnections(0)).hasMessageContaining("limits.model-connections");
        assertThatThrownBy(() -> GOOD.withKeepAlive(Duration.ofSeconds(-1))).hasMessageContaining("model.keep-alive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://LOCALHOST", "http://localhost:80", "http://localhost:80/", "http://localhost/a"})
    void comparesOriginsAsHttpDoes(String url) {
        assertThat(Origin.of(URI.create(url)).sameAs(Origin.of(URI.create("http://localhost/"))))
                .isTrue();
        assertThat(Origin.of(URI.create(url)).authority()).isEqualTo("localhost");
    }

    @Test
    void writesIpv6InBrackets() {
        Origin origin = Origin.of(URI.create("http://[::1]:8000/x/"));

        assertThat(origin.host()).isEqualTo("::1");
        assertThat(origin.authority()).isEqualTo("[::1]:8000");
        assertThat(origin).hasToString("http://[::1]:8000/x");
    }
}
