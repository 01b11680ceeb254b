package dev.dray.benchmark;

import dev.dray.benchmark.report.HtmlReport;
import dev.dray.benchmark.report.JsonReport;
import dev.dray.benchmark.report.Results;
import dev.dray.benchmark.report.Run;
import dev.dray.benchmark.report.TextReport;
import dev.dray.benchmark.scenario.Effort;
import dev.dray.benchmark.scenario.Scenario;
import dev.dray.benchmark.scenario.Scenarios;
import dev.dray.benchmark.stand.Contender;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
    private @Nullable Double seconds;

    @Option(names = "--minutes", paramLabel = "N", description = "minutes of the long load; default: 10, quick 1")
    private @Nullable Double minutes;

    @Mixin
    private WorkerOptions workers = new WorkerOptions();

    @Option(names = "--no-nginx", description = "leave nginx out")
    private boolean noNginx;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "in place of workers: a running server before this model server, see --model-port")
    private @Nullable URI url;

    @Option(names = "--pid", paramLabel = "PID", description = "with --url: its process, whose use is counted")
    private @Nullable Long pid;

    @Option(names = "--json", paramLabel = "FILE", description = "write everything there as JSON")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write a page with plots there")
    private @Nullable Path html;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model-port", paramLabel = "PORT", description = "port of the model server; default: a free one")
    private int modelPort;

    @Override
    public Integer call() throws IOException {
        List<Scenario> scenarios = scenarios();
        if (list) {
            scenarios.forEach(each -> System.out.printf("%-22s %s%n", each.name(), each.about()));
            return 0;
        }
        try (Stand stand = open()) {
            var run = new Run(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    stand.machine(),
                    Machine.load(),
                    spec.commandLine().getParseResult().originalArgs(),
                    stand.contenders().stream().map(Contender::name).toList(),
                    stand.workers().stream().map(Contender::name).toList(),
                    new Results());
            System.out.printf("%s, load average %s%n", run.machine(), run.loadBefore());
            var rounds = new Rounds(stand, effort(), run.results());
            if (scenarios.stream().anyMatch(Scenario::asksTheRunning)) {
                rounds.warmUp();
            }
            boolean whole = true;
            for (Scenario scenario : scenarios) {
                System.err.println("benchmark: " + scenario.name() + ": " + scenario.about() + " …");
                whole &= rounds.run(scenario);
            }
            report(run);
            return whole ? 0 : 1;
        }
    }

    private void report(Run run) throws IOException {
        System.out.println(new TextReport(run));
        System.out.printf("load average at the end %s%n", Machine.load());
        if (json != null) {
            new JsonReport(run).write(json);
        }
        if (html != null) {
            new HtmlReport(run).write(html);
        }
    }

    private Stand open() throws IOException {
        String mainClass = Main.class.getName();
        if (url != null) {
            return Stand.beside(
                    mainClass, modelPort, url, Optional.ofNullable(pid).flatMap(ProcessHandle::of));
        }
        Path home = Path.of(System.getProperty("dray.home"));
        return Stand.of(mainClass, modelPort, workers.plans(home), !noNginx);
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
                throw new ParameterException(
                        spec.commandLine(),
                        "no scenario is called '%s'; there are: %s"
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
        Duration measured = seconds == null ? usual.measured() : Duration.ofMillis(Math.round(seconds * 1000));
        return new Effort(
                rounds == null ? usual.rounds() : rounds,
                measured.compareTo(usual.warmUp()) < 0 ? measured : usual.warmUp(),
                measured,
                minutes == null ? usual.soak() : Duration.ofSeconds(Math.round(minutes * 60)));
    }
}
