package dev.dray.app.cli;

import dev.dray.app.bench.BenchJson;
import dev.dray.app.bench.BenchPage;
import dev.dray.app.bench.BenchProgram;
import dev.dray.app.bench.BenchReport;
import dev.dray.app.bench.BenchTable;
import dev.dray.app.inspect.Inspection;
import dev.dray.domain.benchmark.Stage;
import dev.dray.domain.benchmark.Sweep;
import dev.dray.domain.benchmark.SweepLimits;
import dev.dray.domain.benchmark.SweepResult;
import dev.dray.domain.benchmark.SweepResult.Ending;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.model.BenchmarkResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures a running model server.
@Command(
        name = "bench",
        description = {
            "Measures a running model server: the capacity that a worker would report, then stages of 1, 2, 4, 8 …",
            "requests at once until throughput stops growing. Says where it saturates, and which settings follow from it.",
            "Sends what the worker's benchmark sends; of several model servers the first is measured."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  dray bench --backend vllm                              vLLM on port 18000, as 'dray run' would use it",
            "  dray bench --config worker.yaml --html report.html     the same with plots, to look at in a browser",
            "  dray bench --config worker.yaml --max-latency 5s       the best within 5 s for 95 of 100 answers",
            "  dray bench --backend vllm --json | jq .saturation.knee",
            "  dray model-server --slots 8                            something to measure, if there is no model server",
            "",
            "A stage goes on until its last three rounds are alike, or its time is used. 429, 503 and other failures are",
            "counted; with too many the stage is broken off, and the search goes on below it. A model server that makes",
            "streams is asked for them, so that times to the first token and between tokens are seen.",
            "Progress is shown on a terminal. Ctrl-C ends it and prints what was measured so far.",
            "Needs none of the platform's variables, and no worker: one at the same model server takes part of its capacity.",
            "Exit codes: 0 measured, also where the budget ended it; 1 the model server failed, or Ctrl-C; 2 bad usage or",
            "configuration, or a backend without a benchmark."
        })
final class BenchCommand implements TerminalCommand {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final String WIDEST = "256";

    private final Terminal terminal;

    @Mixin
    private BackendOptions backend = new BackendOptions();

    @Option(names = "--json", description = "Print one JSON object; times are seconds.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with plots, too: one file that needs no network.")
    private @Nullable Path html;

    @Option(
            names = "--max-concurrency",
            paramLabel = "N",
            defaultValue = WIDEST,
            description = "Most requests at once; default: " + WIDEST + ".")
    private int maxConcurrency;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = Span.class,
            description = "Time for all of it; default: 10m.")
    private Duration budget = SweepLimits.DEFAULT.total();

    @Option(
            names = "--stage-budget",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Span.class,
            description = "Time for one stage, but one round is finished all the same; default: 30s.")
    private Duration stageBudget = SweepLimits.DEFAULT.stage();

    @Option(
            names = "--max-latency",
            paramLabel = "TIME",
            converter = Span.class,
            description = "Longest end-to-end time (p95) that is acceptable; default: any.")
    private @Nullable Duration maxLatency;

    @Option(
            names = "--max-errors",
            paramLabel = "PERCENT",
            defaultValue = "5",
            description = "Share of bad answers, 0 to 50, beyond which a stage is broken off; default: 5.")
    private double maxErrors;

    @Option(
            names = "--no-stream",
            description = "Ask for whole answers; then the time to the first byte is all there is to see.")
    private boolean noStream;

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        // What a plugin prints is no result.
        System.setOut(System.err);
        Optional<String> mistake = mistake();
        if (mistake.isPresent()) {
            return usage(mistake.get());
        }
        return switch (Inspection.of(backend.asked(), System.getenv())) {
            case Inspection.Refused refused -> {
                refused.warnings().forEach(this::warn);
                refused.problems().forEach(terminal::say);
                yield ExitCode.USAGE;
            }
            case Inspection.Complete complete -> {
                try (complete) {
                    complete.warnings().forEach(this::warn);
                    yield bench(complete);
                }
            }
        };
    }

    private Optional<String> mistake() {
        if (maxConcurrency < 1) {
            return Optional.of("found --max-concurrency %d; expected 1 or more".formatted(maxConcurrency));
        }
        if (!(maxErrors >= 0 && maxErrors <= 50)) {
            return Optional.of("found --max-errors %s; expected a percentage from 0 to 50".formatted(maxErrors));
        }
        // Better told now than after ten minutes.
        if (html != null && !isWritable(html.toAbsolutePath())) {
            return Optional.of("found --html %s; expected a file that can be written; name another".formatted(html));
        }
        return Optional.empty();
    }

    private static boolean isWritable(Path file) {
        Path folder = file.getParent();
        return Files.exists(file)
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    }

    private int bench(Inspection.Complete complete) throws IOException, InterruptedException, ExecutionException {
        Optional<RoutePlan> route = BenchProgram.measured(complete);
        if (route.isEmpty()) {
            return usage(
                    ("no route of backend '%s' has a benchmark, so there is nothing to send; add 'benchmark' with a"
                                    + " 'dataset' to one under 'handlers' in worker.yaml")
                            .formatted(complete.plugin().id()));
        }
        var limits =
                new SweepLimits(maxConcurrency, budget, stageBudget, maxErrors / 100, Optional.ofNullable(maxLatency));
        var setup = new BenchProgram.Setup(complete, route.get(), limits, !noStream, VersionCommand.version());
        var listener = new Result();
        SweepResult result;
        try (var program = new BenchProgram(setup, listener)) {
            var stop = new StopOrder(this::endAtOnce);
            StopSignals.listen(signal -> stop.heard(signal, System.nanoTime()));
            program.start();
            result = await(program, listener.ended, stop);
        }
        terminal.status("");
        return report(new BenchReport(
                BenchReport.Subject.of(complete, route.get(), VersionCommand.version()),
                result,
                InstantSource.system().instant()));
    }

    private SweepResult await(BenchProgram program, CompletableFuture<SweepResult> ended, StopOrder stop)
            throws InterruptedException, ExecutionException {
        while (true) {
            try {
                return ended.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException goesOn) {
                if (stop.order().isDone()) {
                    program.stop();
                } else if (!json) {
                    terminal.status(BenchLine.of(program.progress(), maxConcurrency));
                }
            }
        }
    }

    private int report(BenchReport report) throws IOException {
        if (html != null) {
            Files.writeString(html, BenchPage.of(report));
        }
        if (json) {
            terminal.print(BenchJson.of(report).toPrettyString());
        } else {
            BenchTable.lines(report).forEach(terminal::print);
        }
        return switch (report.result().ending()) {
            case COMPLETE, OUT_OF_BUDGET -> measured(report);
            case STOPPED -> {
                terminal.say("dray bench: stopped before the end; what was measured so far is printed");
                yield ExitCode.FAILED;
            }
            case FAILED -> {
                terminal.say("dray bench: " + named(report));
                yield ExitCode.FAILED;
            }
        };
    }

    private static String named(BenchReport report) {
        String reason = report.result().reason();
        String url = report.subject().url();
        return reason.contains(url) ? reason : "model server %s: %s".formatted(url, reason);
    }

    private int measured(BenchReport report) {
        if (report.result().ending() == Ending.OUT_OF_BUDGET
                && report.result().saturation().isEmpty()) {
            terminal.say(
                    "dray bench: the budget of %d s was used before one stage was finished; allow more with --budget"
                            .formatted(budget.toSeconds()));
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }

    private void endAtOnce() {
        terminal.say("dray bench: told to stop a second time; ending at once");
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }

    private void warn(String warning) {
        terminal.say("warning: " + warning);
    }

    private int usage(String message) {
        terminal.say("dray bench: " + message);
        return ExitCode.USAGE;
    }

    /// Keeps the end.
    private static final class Result implements Sweep.Listener {
        private final CompletableFuture<SweepResult> ended = new CompletableFuture<>();

        @Override
        public void measured(BenchmarkResult result) {
            // In the result again.
        }

        @Override
        public void staged(Stage stage) {
            // In the result again.
        }

        @Override
        public void ended(SweepResult result) {
            ended.complete(result);
        }
    }
}
