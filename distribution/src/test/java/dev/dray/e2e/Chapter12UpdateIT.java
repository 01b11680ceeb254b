package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 12: the platform asks for an update.
class Chapter12UpdateIT {
    private static final String UPDATE = "/pyworker/update";

    @Test
    void writesTheFileForTheTokenAndForNothingElse(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("update");
        try (World world = new World(folder).set("worker.update-file", file.toString())) {
            world.ready();
            for (String header : new String[] {"X-None: 1", "Authorization: Bearer wrong", "Authorization: to"}) {
                Answer refused = world.post(UPDATE, "", header);
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.text()).isEqualTo("{\"error\": \"unauthorized\"}");
            }
            assertThat(file).doesNotExist();

            Answer answer = world.post(UPDATE, "anything", "Authorization: Bearer tok");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{\"ok\": true}");
            assertThat(file).isEmptyFile();

            Files.writeString(file, "old");
            assertThat(world.post(UPDATE, "", "Authorization: tok").status()).isEqualTo(200);
            assertThat(file).isEmptyFile();
        }
    }

    @Test
    void isClosedWhereThereIsNoToken(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("update");
        try (World world = new World(folder).set("worker.update-file", file.toString())) {
            world.variable("MASTER_TOKEN", "").ready();

            assertThat(world.post(UPDATE, "").status()).isEqualTo(401);
            assertThat(world.post(UPDATE, "", "Authorization: Bearer ").status())
                    .isEqualTo(401);
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void saysWhyTheFileCannotBeWritten(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("none/such/update");
        try (World world = new World(folder).set("worker.update-file", file.toString())) {
            world.ready();

            Answer answer = world.post(UPDATE, "", "Authorization: Bearer tok");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.json().path("error").asText()).startsWith("failed to write file: ");
        }
    }
}
