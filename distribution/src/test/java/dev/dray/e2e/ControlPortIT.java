package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The port at which programs on the machine talk to a plugin.
class ControlPortIT {
    private static World world(Path folder, int control) throws IOException {
        ScriptedPlugin.write(folder.resolve("plugins"));
        World world = new World(folder)
                .set("backend", "scripted")
                .variable("DRAY_PLUGINS", folder.resolve("plugins").toString())
                .variable("SCRIPTED_CONTROL", "" + control);
        world.log().append(ModelLog.LOADED);
        return world;
    }

    @Test
    void isWaitedForWhereItIsTakenAndThenAnsweredByThePlugin(@TempDir Path folder) throws Exception {
        int control = freePort();
        try (World world = world(folder, control)) {
            try (var taker = new ServerSocket(control, 1, InetAddress.getLoopbackAddress())) {
                assertThat(taker.isBound()).isTrue();
                world.start();
                JsonNode beacon = world.awaitReport(
                        "beacon", report -> !report.path("error_msg").asText().isEmpty());
                assertThat(beacon.path("error_msg").asText())
                        .startsWith("Worker Server failed to launch: control listener")
                        .contains("" + control);
            }
            world.awaitReady();
            assertThat(world.worker().output()).contains("control        http://127.0.0.1:" + control);
            answersAndIsNamedForItsFaults(control);
        }
        assertThat(listens(control)).as("after the end").isFalse();
    }

    private static void answersAndIsNamedForItsFaults(int control) throws IOException {
        Answer echo = ask(control, "PUT", "/echo", "a b");
        assertThat(echo.status()).isEqualTo(201);
        assertThat(echo.text()).isEqualTo("PUT /echo a b");
        assertThat(echo.header("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(ask(control, "POST", "/sessions", "").text()).isEqualTo("Optional[[]]");

        Answer fault = ask(control, "GET", "/fault", "");
        assertThat(fault.status()).isEqualTo(500);
        assertThat(fault.header("X-Dray-Error-Source")).contains("plugin");
        assertThat(fault.json().path("error").path("code").asText()).isEqualTo("plugin-fault");
        assertThat(fault.json().path("error").path("message").asText()).contains("'scripted'", "no such lever");
        assertThat(ask(control, "GET", "/null", "").status()).isEqualTo(500);
        assertThat(ask(control, "GET", "/odd-status", "").status()).isEqualTo(500);
        assertThat(ask(control, "POST", "/echo", "x".repeat((1 << 20) + 1)).status())
                .isEqualTo(413);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Answer ask(int port, String method, String path, String body) throws IOException {
        try (RawClient client = RawClient.to(port)) {
            return client.request(method, path, body.getBytes(StandardCharsets.UTF_8))
                    .answer();
        }
    }

    private static boolean listens(int port) {
        try (RawClient client = RawClient.to(port)) {
            client.request("GET", "/", new byte[0]).answer();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
