package dev.dray.benchmark;

import dev.dray.benchmark.report.Results;
import dev.dray.benchmark.report.TextReport;
import dev.dray.benchmark.scenario.Effort;
import dev.dray.benchmark.scenario.Scenario;
import dev.dray.benchmark.scenario.Scenarios;
import dev.dray.benchmark.stand.Contender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command line of the benchmark.
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the packaged worker side by side with its model server asked directly and with nginx as a plain"
                    + " proxy, taking turns."
        })
final class BenchmarkCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCENARIO", description = "what to measure; a name or its beginning; default: all")
    private List<String> chosen = List.of();

    @Option(names = "--list", description = "name the scenarios and end")
    private boolean list;

    @Option(names = "--quick", description = "3 short rounds in place of 5 long ones; a minute of load in place of ten")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "rounds of each contender; default: 5, quick 3")
    private @Nullable Integer rounds;

    @Option(names = "--seconds", paramLabel = "N", description = "seconds that a round measures; default: 5, quick 2")
    private @Nullable Integer seconds;

    @Option(names = "--minutes", paramLabel = "N", description = "minutes of the long load; default: 10, quick 1")
    private @Nullable Integer minutes;

    @Option(
            names = "--worker",
            paramLabel = "DIR",
            description = "folder of a packaged worker; given twice, two builds take turns; default: target/dray")
    private List<Path> workers = List.of();

    @Option(
            names = "--java-options",
            paramLabel = "OPTIONS",
            description = "options for the worker's Java; the n-th is for the n-th worker, and given more often than"
                    + " workers, the last worker is measured with each")
    private List<String> javaOptions = List.of();

    @Option(names = "--settings", paramLabel = "YAML", description = "lines added to the workers' worker.yaml")
    private String settings = "";

    @Option(names = "--no-nginx", description = "leave nginx out")
    private boolean noNginx;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "in place of workers: a running server before this model server, see --model-port")
    private @Nullable String url;

    @Option(names = "--model-port", paramLabel = "PORT", description = "port of the model server; default: a free one")
    private int modelPort;

    @Override
    public Integer call() throws IOException {
        List<Scenario> scenarios = scenarios();
        if (list) {
            scenarios.forEach(each -> System.out.printf("%-22s %s%n", each.name(), each.about()));
            return 0;
        }
        var results = new Results();
        try (Stand stand = open()) {
            System.out.println(stand.description());
            for (Scenario scenario : scenarios) {
                System.err.println("benchmark: " + scenario.name() + ": " + scenario.about() + " …");
                new Rounds(stand, effort(), results).run(scenario);
            }
            System.out.println(new TextReport(
                            stand.contenders().stream().map(Contender::name).toList())
                    .of(results));
            results.notes().forEach(System.out::println);
        }
        return 0;
    }

    private Stand open() throws IOException {
        var builder = new StandBuilder(Main.class.getName(), modelPort, settings);
        if (url != null) {
            return builder.beside(url);
        }
        Path home = Path.of(System.getProperty("dray.home"));
        return builder.with(workers.isEmpty() ? List.of(home) : workers, javaOptions, !noNginx);
    }

    private List<Scenario> scenarios() {
        if (chosen.isEmpty()) {
            return Scenarios.all();
        }
        var found = new ArrayList<Scenario>();
        for (String name : chosen) {
            List<Scenario> fit = Scenarios.all().stream()
                    .filter(each -> each.name().equals(name) || each.name().startsWith(name + "-"))
                    .toList();
            if (fit.isEmpty()) {
                throw new IllegalArgumentException("no scenario is called '%s'; there are: %s"
                        .formatted(
                                name,
                                String.join(
                                        ", ",
                                        Scenarios.all().stream()
                                                .map(Scenario::name)
                                                .toList())));
            }
            found.addAll(fit);
        }
        return found;
    }

    private Effort effort() {
        Effort usual = quick ? Effort.QUICK : Effort.FULL;
        return new Effort(
                rounds == null ? usual.rounds() : rounds,
                usual.warmUp(),
                seconds == null ? usual.measured() : Duration.ofSeconds(seconds),
                minutes == null ? usual.soak() : Duration.ofMinutes(minutes));
    }
}
