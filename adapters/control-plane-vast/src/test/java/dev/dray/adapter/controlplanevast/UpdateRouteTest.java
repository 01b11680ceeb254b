package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.port.outbound.PlatformRequest.Answered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateRouteTest {
    private final Path file;

    UpdateRouteTest(@TempDir Path folder) {
        file = folder.resolve("force_update");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer tok", "bearer tok", "tok"})
    void makesTheFile(String authorization) {
        Answered answered = answer("tok", authorization);

        assertThat(answered.outcome()).isEqualTo(Outcome.SERVED);
        assertThat(answered.reply().status()).isEqualTo(200);
        assertThat(answered.reply().body().utf8Text()).isEqualTo("{\"ok\": true}");
        assertThat(file).isEmptyFile();
    }

    @Test
    void emptiesAFileThatIsThere() throws IOException {
        Files.writeString(file, "old");

        answer("tok", "tok");

        assertThat(file).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer to", "Bearer tokk", "Bearer Bearer tok", "TOK", "Basic tok"})
    void refusesAnotherToken(String authorization) {
        assertUnauthorized(answer("tok", authorization));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer x"})
    void isClosedWithoutAMasterToken(String authorization) {
        assertUnauthorized(answer("", authorization));
        assertUnauthorized(new UpdateRoute("", file).answer(Sessions.request("/pyworker/update", "")));
    }

    @Test
    void saysThatTheFileCannotBeWritten(@TempDir Path folder) {
        Path missing = folder.resolve("missing/update");
        var request = Sessions.request("/pyworker/update", "ignored", new HeaderField("authorization", "tok"));

        Answered answered = new UpdateRoute("tok", missing).answer(request);

        assertThat(answered.outcome()).isEqualTo(Outcome.ERRORED);
        assertThat(answered.reply().status()).isEqualTo(500);
        assertThat(answered.reply().body().utf8Text())
                .isEqualTo("{\"error\": \"failed to write file: NoSuchFileException: " + missing + "\"}");
    }

    private void assertUnauthorized(Answered answered) {
        assertThat(answered.outcome()).isEqualTo(Outcome.UNVERIFIED);
        assertThat(answered.reply().status()).isEqualTo(401);
        assertThat(answered.reply().body().utf8Text()).isEqualTo("{\"error\": \"unauthorized\"}");
        assertThat(file).doesNotExist();
    }

    private Answered answer(String masterToken, String authorization) {
        return new UpdateRoute(masterToken, file)
                .answer(Sessions.request("/pyworker/update", "", new HeaderField("Authorization", authorization)));
    }
}
