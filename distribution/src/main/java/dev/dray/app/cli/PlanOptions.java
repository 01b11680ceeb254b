package dev.dray.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dray.app.planner.Arrival;
import dev.dray.app.planner.PlanOrder;
import dev.dray.app.planner.PlanOrder.Machine;
import dev.dray.app.planner.PoissonArrivals;
import dev.dray.app.planner.Router;
import dev.dray.app.planner.Sizes;
import dev.dray.app.planner.Theory;
import dev.dray.app.planner.TraceFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// What a capacity plan may be asked for.
final class PlanOptions {
    /// The value of `--trace` where it stands alone: no file is called so.
    static final String EVENTS = "\0";

    /// All options that say something of a plan only.
    static final List<String> NAMES = List.of(
            "--units",
            "--capacity",
            "--capacity-from",
            "--workers",
            "--servers",
            "--serial",
            "--parallel",
            "--max-queue-time",
            "--queue-time-out",
            "--duration",
            "--seed",
            "--router",
            "--each",
            "--html");

    private static final int MOST_WORKERS = 10_000;
    private static final int MOST_SERVERS = 64;
    private static final Duration MOST_DURATION = Duration.ofDays(3_650);

    @Option(names = "--rate", paramLabel = "R", description = "Plan: requests a second, by chance (Poisson).")
    private double rate;

    @Option(
            names = "--units",
            paramLabel = "SIZES",
            converter = SizesReader.class,
            description = "Plan: cost of a request, in workload units: 128, exponential:MEAN, lognormal:MEAN,SIGMA,"
                    + " list:64,128,512. Default: 100.")
    private Sizes units = new Sizes.Fixed(100);

    @Option(names = "--capacity", paramLabel = "U", description = "Plan: units a second of one model server.")
    private double capacity;

    @Option(
            names = "--capacity-from",
            paramLabel = "FILE",
            description = "Plan: the same from `dray bench --json`, or from a benchmark result in the state directory.")
    private @Nullable Path capacityFrom;

    @Option(names = "--workers", paramLabel = "N", description = "Plan: how many workers. Default: 1.")
    private int workers = 1;

    @Option(names = "--servers", paramLabel = "N", description = "Plan: model servers of each. Default: 1.")
    private int servers = 1;

    @Option(names = "--serial", description = "Plan: one request at a time at each model server. This is the default.")
    private boolean serial;

    @Option(
            names = "--parallel",
            paramLabel = "SLOTS",
            description = "Plan: so many at once at each model server, each at an equal share of its capacity.")
    private int parallel;

    @Option(
            names = "--max-queue-time",
            paramLabel = "TIME",
            converter = TimeSpans.class,
            description = "Plan: estimated wait above which a request is shed: 500ms, 30s, 5m. Default: never.")
    private @Nullable Duration maxQueueTime;

    @Option(
            names = "--queue-time-out",
            paramLabel = "TIME",
            converter = TimeSpans.class,
            description = "Plan: real wait after which a request is sent away. Default: never.")
    private @Nullable Duration queueTimeOut;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = TimeSpans.class,
            description = "Plan: how long requests come. Default: 10m; with a file, up to its last request.")
    private @Nullable Duration duration;

    @Option(names = "--seed", paramLabel = "S", description = "Plan: of all chance. Default: 1.")
    private long seed = 1;

    @Option(
            names = "--router",
            paramLabel = "HOW",
            converter = PolicyReader.class,
            completionCandidates = PolicyReader.Words.class,
            description = "Plan: how the platform picks a worker: least-loaded (knows at once, so the best case),"
                    + " round-robin, random. Default: least-loaded.")
    private Router.Policy router = Router.Policy.LEAST_LOADED;

    @Option(names = "--html", paramLabel = "FILE", description = "Plan: write charts and figures into one file.")
    private @Nullable Path html;

    @Option(names = "--each", description = "Plan: with --json, the wait of each request too.")
    private boolean each;

    /// What was asked for, or why it cannot be planned.
    record Asked(Optional<PlanOrder> order, List<Theory> theory, List<String> problems) {}

    boolean hasRate() {
        return rate != 0;
    }

    boolean each() {
        return each;
    }

    Optional<Path> html() {
        return Optional.ofNullable(html);
    }

    /// @param file with requests; empty for none
    Asked order(CommandSpec spec, String file) {
        check(spec, hasRate() && !file.isEmpty(), "--rate and --trace FILE say the same; give one of them");
        boolean sized = spec.commandLine().getParseResult().hasMatchedOption("--units");
        check(spec, sized && !file.isEmpty(), "--units says what stands in the file of --trace already");
        check(spec, serial && parallel != 0, "--serial and --parallel exclude each other; give one of them");
        check(spec, parallel < 0, "--parallel: found %d, expected 1 or more".formatted(parallel));
        check(
                spec,
                servers < 1 || servers > MOST_SERVERS,
                "--servers: found %d, expected 1 to %d".formatted(servers, MOST_SERVERS));
        check(
                spec,
                workers < 1 || workers > MOST_WORKERS,
                "--workers: found %d, expected 1 to %d".formatted(workers, MOST_WORKERS));
        check(spec, rate < 0 || !Double.isFinite(rate), "--rate: found %s, expected a number above 0".formatted(rate));
        Duration time = Optional.ofNullable(duration).orElse(Duration.ofMinutes(10));
        check(
                spec,
                time.isZero() || time.compareTo(MOST_DURATION) > 0,
                "--duration: found %s s, expected more than 0 and at most ten years".formatted(time.toSeconds()));
        check(
                spec,
                hasRate() && rate * time.toSeconds() > PoissonArrivals.MOST,
                "--rate and --duration make %.0f requests, expected at most %d; plan a shorter time"
                        .formatted(rate * time.toSeconds(), PoissonArrivals.MOST));
        int slots = parallel == 0 ? 1 : parallel;
        var machine = new Machine(servers, capacity(spec), slots, parallel == 0);
        if (file.isEmpty()) {
            List<Arrival> arrivals = PoissonArrivals.draw(rate, units, time, seed);
            PlanOrder order = order(arrivals, time, machine);
            return new Asked(Optional.of(order), Theory.of(order, rate, units), List.of());
        }
        TraceFile.Read read = read(spec, Path.of(file));
        if (!read.problems().isEmpty()) {
            return new Asked(Optional.empty(), List.of(), read.problems());
        }
        Duration last = Duration.ofNanos(Math.max(1, read.arrivals().getLast().nanos()));
        List<Arrival> within = duration == null
                ? read.arrivals()
                : read.arrivals().stream()
                        .filter(arrival -> arrival.nanos() <= time.toNanos())
                        .toList();
        check(spec, within.isEmpty(), "--duration: the first request of '%s' comes after it".formatted(file));
        return new Asked(Optional.of(order(within, duration == null ? last : time, machine)), List.of(), List.of());
    }

    private PlanOrder order(List<Arrival> arrivals, Duration horizon, Machine machine) {
        return new PlanOrder(
                arrivals,
                horizon,
                workers,
                machine,
                Optional.ofNullable(maxQueueTime),
                Optional.ofNullable(queueTimeOut),
                router,
                seed);
    }

    private double capacity(CommandSpec spec) {
        check(
                spec,
                capacity != 0 && capacityFrom != null,
                "--capacity and --capacity-from say the same; give one of them");
        check(
                spec,
                capacity == 0 && capacityFrom == null,
                "a plan needs --capacity U, in units a second, or --capacity-from FILE; 'dray bench' measures it");
        double found = capacityFrom == null ? capacity : fromFile(spec, capacityFrom);
        check(
                spec,
                !(found > 0) || !Double.isFinite(found),
                "--capacity: found %s, expected a number above 0".formatted(found));
        return found;
    }

    private static double fromFile(CommandSpec spec, Path file) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw usage(spec, "--capacity-from: '%s' is not JSON: %s".formatted(file, e.getOriginalMessage()));
        } catch (IOException e) {
            throw usage(spec, "--capacity-from: " + Faults.described(e));
        }
        JsonNode ofBench = root.at("/capacity/units-per-second");
        JsonNode found = ofBench.isMissingNode() ? root.path("units-per-second") : ofBench;
        check(
                spec,
                !found.isNumber(),
                ("--capacity-from: found no number at capacity.units-per-second or units-per-second in '%s'; expected"
                                + " what 'dray bench --json' prints, or a benchmark result of the state directory")
                        .formatted(file));
        return found.doubleValue();
    }

    private static TraceFile.Read read(CommandSpec spec, Path file) {
        try {
            return TraceFile.read(file);
        } catch (CharacterCodingException e) {
            throw usage(spec, "--trace: '%s' is no text in UTF-8; expected lines like 0.25,128".formatted(file));
        } catch (IOException e) {
            throw usage(spec, "--trace: " + Faults.described(e));
        }
    }

    private static void check(CommandSpec spec, boolean wrong, String message) {
        if (wrong) {
            throw usage(spec, message);
        }
    }

    private static ParameterException usage(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /// Reads sizes.
    static final class SizesReader implements ITypeConverter<Sizes> {
        @Override
        public Sizes convert(String text) {
            return Sizes.parse(text)
                    .orElseThrow(() ->
                            new TypeConversionException("found '%s', expected %s".formatted(text, Sizes.EXPECTED)));
        }
    }

    /// Reads how the platform picks.
    static final class PolicyReader implements ITypeConverter<Router.Policy> {
        @Override
        public Router.Policy convert(String text) {
            for (Router.Policy policy : Router.Policy.values()) {
                if (word(policy).equals(text)) {
                    return policy;
                }
            }
            throw new TypeConversionException(
                    "found '%s', expected one of %s".formatted(text, String.join(", ", new Words())));
        }

        private static String word(Router.Policy policy) {
            return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// All of them, for completion.
        static final class Words extends ArrayList<String> {
            private static final long serialVersionUID = 1L;

            Words() {
                for (Router.Policy policy : Router.Policy.values()) {
                    add(word(policy));
                }
            }
        }
    }
}
