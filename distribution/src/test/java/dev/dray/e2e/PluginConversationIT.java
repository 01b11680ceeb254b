package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a plugin may make of a conversation with the model server: a form of the request, another answer of the answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginConversationIT {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder);
        ScriptedPlugin.write(folder.resolve("plugins"));
        world.set("backend", "scripted")
                .set("limits.body", "1MiB")
                .variable("DRAY_PLUGINS", folder.resolve("plugins").toString())
                .ready();
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    private void modelAnswers(int status, String body) {
        world.model().on("/mapped", call -> call.answer(status, "text/html", body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void sendsWhatTheMapperMakesOfTheAnswer() throws Exception {
        modelAnswers(200, "grüße");
        int idx = world.nextIdx();

        Answer answer = world.post("/mapped", world.signed(idx, "{}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("<grüße>");
        assertThat(answer.header("Content-Type")).hasValue("text/plain");
        assertThat(answer.all("Content-Length")).containsExactly("9");
        assertThat(answer.header("X-Was")).hasValue("200");
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Success");
    }

    @Test
    void countsByTheModelServersOwnStatus() throws Exception {
        modelAnswers(503, "busy");
        int idx = world.nextIdx();

        Answer answer = world.post("/mapped", world.signed(idx, "{}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("<busy>");
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Error");
    }

    @Test
    void answersAFaultOfTheMapperWithThePluginsName() throws Exception {
        for (String how : new String[] {"throw", "null"}) {
            modelAnswers(200, how);

            Answer answer = world.post("/mapped", world.signed("{}"));

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("X-Dray-Error-Source")).hasValue("plugin");
            assertThat(answer.text()).contains("plugin 'scripted'", "/mapped").doesNotContain("secret prompt");
        }
    }

    @Test
    void refusesToHoldMoreThanABodyMayHave() throws Exception {
        modelAnswers(200, "x".repeat((1 << 20) + 1));

        Answer answer = world.post("/mapped", world.signed("{}"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains("limits.body");
    }

    @Test
    void sendsAFormWithItsLength() throws Exception {
        Answer answer = world.post("/uploading", world.signed("{\"bytes\": 100000}"));

        assertThat(answer.status()).isEqualTo(200);
        Call call = world.model().calls("/uploading").getLast();
        String boundary = call.header("Content-Type").orElseThrow().replaceFirst("multipart/form-data; boundary=", "");
        assertThat(call.header("Content-Length")).hasValue(Integer.toString(call.body().length));
        assertThat(call.text())
                .isEqualTo("--" + boundary + "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ntiny\r\n--"
                        + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"speech.wav\"\r\nContent-Type: audio/wav\r\n\r\n"
                        + "a".repeat(100_000) + "\r\n--" + boundary + "--\r\n");
    }

    @Test
    void aFileShorterThanPromisedIsThePluginsFault() throws Exception {
        int idx = world.nextIdx();

        Answer answer = world.post("/uploading", world.signed(idx, "{\"bytes\": 100000, \"written\": 99999}"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("X-Dray-Error-Source")).hasValue("plugin");
        assertThat(answer.text()).contains("file 'file'", "99999", "100000");
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Error");
    }
}
