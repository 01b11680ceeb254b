package dev.dray.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The short run of each target, with the same inputs each time. The long one: `distribution/fuzz TARGET SECONDS`.
class FuzzTest {
    private static final int INPUTS = 2_000;
    private static final int SLOW_INPUTS = 200;

    @ParameterizedTest
    @EnumSource(Target.class)
    void keepsItsPromisesOnKeptInputs(Target target) throws Exception {
        assertThat(target.kept()).isNotEmpty();
        for (Path kept : target.kept()) {
            target.take(Files.readAllBytes(kept));
        }
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void keepsItsPromisesOnInputsThatReachNewBranches(Target target, @TempDir Path found) throws Exception {
        // Jazzer's native half is built for these.
        assumeTrue(System.getProperty("os.name").startsWith("Linux"));
        assumeTrue(System.getProperty("os.arch").equals("amd64"));
        int inputs = target == Target.FORM || target == Target.CONFIG ? SLOW_INPUTS : INPUTS;

        Jazzer.Result result = new Jazzer(target, found).inputs(inputs).run();

        assertThat(result.exit()).as(result.output()).isZero();
        // Without a guide it would be a walk in the dark.
        assertThat(result.coverage()).as(result.output()).isGreaterThan(20);
    }
}
