package dev.dray.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuIdentityTest {
    @TempDir
    Path folder;

    @Test
    void namesModelAndUuidOfEachCardInOneOrder() throws IOException {
        card("0000:81:00.0", "NVIDIA H100", "GPU-2");
        card("0000:01:00.0", "NVIDIA L4", "GPU-1");

        assertThat(GpuIdentity.read(folder))
                .containsExactly("Model: NVIDIA H100;GPU UUID: GPU-2;", "Model: NVIDIA L4;GPU UUID: GPU-1;");
    }

    @Test
    void thereIsNoneWithoutADriverOrWithOneThatTellsNothing() throws IOException {
        assertThat(GpuIdentity.read(folder.resolve("nothing"))).isEmpty();
        Files.createDirectory(folder.resolve("0000:01:00.0"));
        assertThat(GpuIdentity.read(folder)).isEmpty();
    }

    private void card(String bus, String model, String uuid) throws IOException {
        Path card = Files.createDirectory(folder.resolve(bus));
        Files.writeString(card.resolve("information"), """
            Model: \t\t %s
            IRQ:   \t\t 142
            GPU UUID: \t %s
            Video BIOS: \t 90.00.00
            """.formatted(model, uuid));
    }
}
