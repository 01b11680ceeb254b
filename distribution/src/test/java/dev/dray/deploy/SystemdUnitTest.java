package dev.dray.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The systemd unit, as systemd itself reads it.
class SystemdUnitTest {
    private static final Path UNIT = Path.of("src/main/dist/deploy/systemd/dray.service");
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @TempDir
    private Path folder;

    @Test
    void systemdFindsNothingWrong() throws Exception {
        assumeTrue(Files.isExecutable(ANALYZE), "no systemd-analyze on this machine: the unit is not verified");

        assertThat(verify(Files.readString(UNIT))).isEmpty();
        assertThat(verify(Files.readString(UNIT).replace("KillMode=mixed", "KillMode=gently")))
                .contains("kill mode");
    }

    // It wants to see the program, which is not installed here.
    private String verify(String unit) throws Exception {
        Path file = Files.writeString(folder.resolve("dray.service"), unit.replace("/opt/dray/bin/dray", "/bin/true"));
        Process process = new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readString(folder.resolve("said"));
    }

    @Test
    void stopsNoSoonerThanTheDrainAndDoesNotRestartOnWrongSettings() throws Exception {
        assertThat(Files.readAllLines(UNIT))
                .contains(
                        "TimeoutStopSec=11min", "RestartPreventExitStatus=2", "KillSignal=SIGTERM", "DynamicUser=yes");
    }
}
