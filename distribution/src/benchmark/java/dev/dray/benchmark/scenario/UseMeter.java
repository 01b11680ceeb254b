package dev.dray.benchmark.scenario;

import dev.dray.benchmark.stand.Contender;
import dev.dray.benchmark.stand.ProcessUse;
import java.io.IOException;

/// What a contender's process uses from now on.
final class UseMeter {
    private static final double MEBIBYTE = 1 << 20;

    private final Contender contender;
    private final ProcessUse before;

    UseMeter(Contender contender) throws IOException {
        this.contender = contender;
        this.before = contender.use();
    }

    /// Processor time since then; 0 for one without a process of its own.
    double cpuSeconds() throws IOException {
        return contender.use().cpuSeconds() - before.cpuSeconds();
    }

    /// Reports processor time by what was done with it, and the memory held now.
    void report(Round round, String scenario, String measure, long done) throws IOException {
        ProcessUse now = contender.use();
        if (now.residentBytes() > 0) {
            round.add(scenario, measure, "us", (now.cpuSeconds() - before.cpuSeconds()) * 1e6 / Math.max(1, done));
            round.add(scenario, "resident", "MiB", now.residentBytes() / MEBIBYTE);
        }
    }

    static double mebibytes(long bytes) {
        return bytes / MEBIBYTE;
    }
}
