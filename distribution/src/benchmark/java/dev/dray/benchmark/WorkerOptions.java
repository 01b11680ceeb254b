package dev.dray.benchmark;

import dev.dray.benchmark.stand.WorkerPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/// Which workers are measured. The n-th of each option is for the n-th worker; where there are more of one kind than
/// of another, the last one of the shorter list counts on. So two folders, or two sets of Java options, take turns.
final class WorkerOptions {
    @Option(
            names = "--worker",
            paramLabel = "DIR",
            description =
                    "folder or tarball of a packaged worker; given twice, two builds take turns; default: target/dray")
    private List<Path> homes = List.of();

    @Option(
            names = "--java-options",
            paramLabel = "OPTIONS",
            description = "options for the worker's Java; the n-th is for the n-th worker, and given more often than"
                    + " --worker, the last worker is measured with each; none: --java-options=; the launcher's own come first, so"
                    + " that another collector is '-XX:-UseSerialGC -XX:+UseParallelGC'")
    private List<String> javaOptions = List.of();

    @Option(
            names = "--java-home",
            paramLabel = "DIR",
            description = "the worker's Java, n-th for the n-th worker; none: its own")
    private List<String> javaHomes = List.of();

    @Option(names = "--label", paramLabel = "NAME", description = "what the n-th worker is called in the report")
    private List<String> labels = List.of();

    @Option(names = "--settings", paramLabel = "YAML", description = "lines added to the workers' worker.yaml")
    private String settings = "";

    /// @param usual where no folder is named
    List<WorkerPlan> plans(Path usual) {
        int count = IntStream.of(homes.size(), javaOptions.size(), javaHomes.size(), labels.size(), 1)
                .max()
                .getAsInt();
        var plans = new ArrayList<WorkerPlan>();
        for (int i = 0; i < count; i++) {
            String name = i < labels.size() ? labels.get(i) : count == 1 ? "worker" : "worker-" + (i + 1);
            var variables = new HashMap<String, String>();
            put(variables, "DRAY_JAVA_OPTIONS", javaOptions, i);
            put(variables, "DRAY_JAVA_HOME", javaHomes, i);
            Path home = homes.isEmpty() ? usual : homes.get(Math.min(i, homes.size() - 1));
            plans.add(new WorkerPlan(name, home.toAbsolutePath(), variables, settings));
        }
        return plans;
    }

    private static void put(Map<String, String> variables, String name, List<String> values, int worker) {
        if (!values.isEmpty()) {
            String value = values.get(Math.min(worker, values.size() - 1));
            if (!value.isEmpty()) {
                variables.put(name, value);
            }
        }
    }
}
