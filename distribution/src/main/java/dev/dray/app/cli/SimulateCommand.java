package dev.dray.app.cli;

import dev.dray.app.planner.PlanOrder;
import dev.dray.app.simulate.Simulation;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs the core under a virtual clock: among faults, to see whether it keeps its promises; or before a load, to plan.
@Command(
        name = "simulate",
        description = {
            "Runs the whole core under a virtual clock.",
            "Among faults: clients that hang up, model servers that stall and die, logs that lie, a platform that fails,"
                    + " kills and drains; after every event the promises are checked. A seed replays exactly.",
            "As a capacity planner, with --rate or --trace FILE: how long requests wait, how many are shed, how busy"
                    + " the machines are. The same core decides; only clients and model servers are imagined."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  dray simulate --seeds 1000                       a million requests among faults",
            "  dray simulate --first-seed 17 --seeds 1 --trace  every event of one seed",
            "  dray simulate --rate 5 --units exponential:128 --capacity 800 --parallel 8 --duration 1h",
            "  dray simulate --rate 2 --units 100 --capacity 150 --workers 2 --max-queue-time 5s --html plan.html",
            "  dray simulate --trace requests.csv --capacity-from bench.json --parallel 16 --json | jq .wait.p95",
            "",
            "A line of a trace file is seconds,units or seconds,units,/route, or a JSON object",
            "{\"arrival\": 1.5, \"units\": 128, \"route\": \"/v1/completions\"}.",
            "",
            "Exit codes: 0 done; 1 a promise was broken: its seed is named; 2 bad usage, or a bad line in a file."
        })
final class SimulateCommand implements TerminalCommand {
    /// Which options belong to the faults alone.
    private static final List<String> FAULTS_ONLY = List.of("--seeds", "--first-seed", "--requests");

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls this
    private CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "N", description = "Faults: how many histories. Default: ${DEFAULT-VALUE}.")
    private long seeds = 100;

    @Option(names = "--first-seed", paramLabel = "S", description = "Faults: the first of them. Default: 1.")
    private long firstSeed = 1;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Faults: clients in each life of a worker. Default: ${DEFAULT-VALUE}.")
    private int requests = Simulation.REQUESTS;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = PlanOptions.EVENTS,
            description = "Alone: print every event of the seeds. With a file: plan for the requests in it.")
    private String trace = "";

    @Option(names = "--json", description = "Print JSON: one object, in its last line.")
    private boolean json;

    @Mixin
    private PlanOptions plan = new PlanOptions();

    SimulateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        boolean events = trace.equals(PlanOptions.EVENTS);
        String file = events ? "" : trace;
        if (plan.hasRate() || !file.isEmpty()) {
            refuse(FAULTS_ONLY.stream(), "is for histories among faults, and a plan was asked for");
            return plan(file);
        }
        refuse(PlanOptions.NAMES.stream(), "is for a plan, which needs --rate R or --trace FILE beside it");
        return faults(events);
    }

    private int plan(String file) throws IOException {
        PlanOptions.Asked asked = plan.order(spec, file);
        asked.problems().forEach(terminal::say);
        if (!asked.problems().isEmpty()) {
            return ExitCode.USAGE;
        }
        PlanOrder order = asked.order().orElseThrow();
        new PlanOutput(terminal, json, plan).print(order, asked.theory());
        return ExitCode.DONE;
    }

    private int faults(boolean events) {
        if (seeds < 1 || requests < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seeds and --requests must be 1 or more, got %d and %d".formatted(seeds, requests));
        }
        var output = new FaultOutput(terminal, json);
        Simulation.Result result = events
                ? Simulation.trace(firstSeed, seeds, requests, terminal::print)
                : Simulation.run(firstSeed, seeds, requests, output::progress);
        output.print(result, requests);
        return result.failure().isPresent() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void refuse(Stream<String> names, String why) {
        names.filter(name -> spec.commandLine().getParseResult().hasMatchedOption(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ParameterException(spec.commandLine(), name + " " + why);
                });
    }
}
