package dev.dray.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final int PASSES = 0;

    private static final Access TOKEN = new Access(Optional.of("ses:ame"), false);
    private static final Access LOOPBACK = new Access(Optional.empty(), true);
    private static final Access OPEN = new Access(Optional.empty(), false);

    private static int get(Access access, String path, String... headers) {
        return ask(access, "GET", path, headers);
    }

    private static int put(Access access, String... headers) {
        return ask(access, "PUT", "/loggers/dev.dray", headers);
    }

    private static int ask(Access access, String method, String path, String... headers) {
        var fields = new ArrayList<HeaderField>();
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            fields.add(new HeaderField(parts[0], parts[1]));
        }
        var request = new InboundRequest(method, path, List.copyOf(fields), Bytes.EMPTY, 0, "");
        return access.refusal(request).map(Reply::status).orElse(PASSES);
    }

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz", "/metrics"})
    void probesAndMetricsAreOpenToAll(String path) {
        assertThat(get(TOKEN, path, "Host: gpu.example")).isEqualTo(PASSES);
        assertThat(get(LOOPBACK, path, "Host: gpu.example")).isEqualTo(PASSES);
        assertThat(get(OPEN, path)).isEqualTo(PASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/history", "/model-log", "/events", "/loggers", "/", "/dashboard.js"})
    void allElseNeedsTheTokenWhereThereIsOne(String path) {
        assertThat(get(TOKEN, path, "Host: 127.0.0.1")).isEqualTo(401);
        assertThat(get(TOKEN, path, "Host: x", "Authorization: Bearer ses:ame")).isEqualTo(PASSES);
        assertThat(get(TOKEN, path, "Host: x", "authorization: bearer ses:ame")).isEqualTo(PASSES);
        assertThat(get(TOKEN, path, "Host: x", basic("anybody:ses:ame"))).isEqualTo(PASSES);
        assertThat(get(TOKEN, path, "Host: x", basic(":ses:ame"))).isEqualTo(PASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer ses:am",
                "Bearer ses:amee",
                "Bearer ",
                "Bearer",
                "ses:ame",
                "Digest ses:ame",
                "Basic ses:ame",
                "Basic c2VzYW1l",
                "Basic %%%"
            })
    void aWrongTokenIsNone(String authorization) {
        assertThat(get(TOKEN, "/status", "Host: x", "Authorization: " + authorization))
                .isEqualTo(401);
    }

    @Test
    void saysHowToLogIn() {
        var request = new InboundRequest("GET", "/status", List.of(), Bytes.EMPTY, 0, "");

        Reply reply = TOKEN.refusal(request).orElseThrow();

        assertThat(HeaderField.first(reply.headers(), "WWW-Authenticate")).hasValue("Basic realm=\"dray\"");
        assertThat(reply.body().utf8Text()).contains("token-needed").doesNotContain("ses:ame");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:9464", "127.0.0.1", "127.0.0.1:80", "127.8.9.10:9464", "[::1]:9464"})
    void onLoopbackThisMachineIsLetIn(String host) {
        assertThat(get(LOOPBACK, "/status", "Host: " + host)).isEqualTo(PASSES);
        assertThat(put(LOOPBACK, "Host: " + host)).isEqualTo(PASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.evil:80",
                "0.0.0.0",
                "[::2]",
                ""
            })
    void onLoopbackAnotherNameIsRefusedForItMayBeReboundByAForeignPage(String host) {
        assertThat(get(LOOPBACK, "/status", "Host: " + host)).isEqualTo(403);
        assertThat(put(LOOPBACK, "Host: " + host)).isEqualTo(403);
    }

    @Test
    void openToAllMeansReadingOnly() {
        assertThat(get(OPEN, "/status", "Host: gpu.example")).isEqualTo(PASSES);
        assertThat(put(OPEN, "Host: gpu.example")).isEqualTo(403);
        assertThat(put(OPEN, "Host: localhost:9464")).isEqualTo(PASSES);
    }

    @Test
    void aForeignPageChangesNothing() {
        assertThat(put(LOOPBACK, "Host: localhost:9464", "Origin: http://localhost:9464"))
                .isEqualTo(PASSES);
        assertThat(put(LOOPBACK, "Host: localhost:9464", "Origin: http://localhost:3000"))
                .isEqualTo(403);
        assertThat(put(LOOPBACK, "Host: localhost:9464", "Origin: null")).isEqualTo(403);
        assertThat(put(TOKEN, "Host: gpu.example", "Origin: https://gpu.example", "Authorization: Bearer ses:ame"))
                .isEqualTo(PASSES);
        assertThat(put(TOKEN, "Host: gpu.example", "Origin: http://evil.example", basic("x:ses:ame")))
                .isEqualTo(403);
    }
}
