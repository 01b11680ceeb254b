package dev.dray.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The long run of one target, for `distribution/fuzz`: no name that a build runs by itself.
class LongFuzz {
    @Test
    void keepsItsPromises() throws Exception {
        String wanted = System.getProperty("fuzz.target", "");
        Target target = Arrays.stream(Target.values())
                .filter(each -> each.word().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no target '%s'; there are %s"
                        .formatted(
                                wanted,
                                Arrays.stream(Target.values()).map(Target::word).collect(Collectors.joining(", ")))));
        Path found = Path.of("target/fuzz", target.word());

        Jazzer.Result result = new Jazzer(target, found)
                .seconds(Integer.getInteger("fuzz.seconds", 60))
                .run();

        Files.writeString(Path.of("target/fuzz", target.word() + ".log"), result.output());
        assertThat(result.exit()).as(result.output()).isZero();
    }
}
