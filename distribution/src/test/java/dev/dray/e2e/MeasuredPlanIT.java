package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dray.app.planner.Arrival;
import dev.dray.app.planner.PoissonArrivals;
import dev.dray.app.planner.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plan against the thing itself: the same Poisson arrivals come to a real worker before the demo model server, and
/// to `dray simulate`. How long the model server takes for one request, on average, is read off the measured run, so
/// that the machine's speed is none of the plan's business; compared are ranks and ratios, never times.
class MeasuredPlanIT {
    private static final int TOKENS = 20;
    private static final int TOKENS_PER_SECOND = 500;
    private static final double RATE = 12;
    private static final Duration HORIZON = Duration.ofSeconds(20);
    private static final long SEED = 3;
    private static final int FIRST = 12;
    private static final String BODY = "{\"prompt\": \"hi\", \"max_tokens\": " + TOKENS + "}";
    private static final String ROUTE = "/v1/completions";

    @TempDir
    private Path folder;

    @Test
    void whoWaitsLongInThePlanWaitsLongAtTheWorker() throws Exception {
        List<Arrival> arrivals = PoissonArrivals.draw(RATE, new Sizes.Fixed(TOKENS), HORIZON, SEED);
        List<Integer> ports = World.freePorts(4);
        Path log = folder.resolve("model.log");
        try (RunningProgram model = RunningProgram.start(
                        Map.of(),
                        "model-server",
                        "--port",
                        "" + ports.get(0),
                        "--log-file",
                        log.toString(),
                        "--tokens-per-second",
                        "" + TOKENS_PER_SECOND,
                        "--first-token",
                        "0",
                        "--load-time",
                        "10");
                RunningProgram worker = RunningProgram.start(Map.of(), "run", "--config", config(ports, log))) {
            model.awaitLine("model server");
            assertThat(Patience.until(() -> World.get(ports.get(3), "/readyz").status() == 200))
                    .as(worker.output())
                    .isTrue();
            // The first ones are slow: a process has to find its code.
            for (int i = 0; i < FIRST; i++) {
                ask(ports.get(1));
            }
            List<Visit> visits = visits(ports.get(1), arrivals);
            double service = Visit.meanService(visits);
            double[] measured = Visit.waits(visits);
            double[] planned = plan(arrivals, TOKENS / service);

            double mean = Arrays.stream(measured).average().orElseThrow();
            double plannedMean = Arrays.stream(planned).average().orElseThrow();
            double rank = rankCorrelation(planned, measured);
            Files.writeString(
                    Path.of("target/measured-plan.txt"),
                    String.format(
                            Locale.ROOT,
                            "requests %d, service %.4f s, mean wait planned %.4f s, measured %.4f s, ratio %.2f,"
                                    + " rank correlation %.3f%n",
                            arrivals.size(),
                            service,
                            plannedMean,
                            mean,
                            mean / plannedMean,
                            rank));
            assertThat(rank).as("Spearman's rank correlation of all waits").isGreaterThan(0.5);
            assertThat(mean / plannedMean)
                    .as("measured %s, planned %s", mean, plannedMean)
                    .isBetween(0.4, 2.5);
        }
    }

    private String config(List<Integer> ports, Path log) throws IOException {
        Path config = folder.resolve("worker.yaml");
        Files.writeString(config, """
                backend: vllm
                model: {url: "http://127.0.0.1:%d", log-file: "%s"}
                handlers:
                  - {route: %s, allow-parallel-requests: false, max-queue-time: none}
                capacity: %d
                worker: {port: %d, http-port: %d}
                admin: {port: %d}
                state-dir: "%s"
                """.formatted(
                        ports.get(0),
                        log,
                        ROUTE,
                        TOKENS_PER_SECOND,
                        ports.get(1),
                        ports.get(2),
                        ports.get(3),
                        folder.resolve("state")));
        return config.toString();
    }

    /// One request at the worker, in seconds of one clock.
    private record Visit(double came, double went) {
        // One after the other in order of arrival: each begins when it has come and the one before it has gone.
        private static double begins(List<Visit> visits, int i) {
            return i == 0 ? visits.getFirst().came : Math.max(visits.get(i).came, visits.get(i - 1).went);
        }

        static double[] waits(List<Visit> visits) {
            return IntStream.range(0, visits.size())
                    .mapToDouble(i -> begins(visits, i) - visits.get(i).came)
                    .toArray();
        }

        static double meanService(List<Visit> visits) {
            return IntStream.range(0, visits.size())
                    .mapToDouble(i -> visits.get(i).went - begins(visits, i))
                    .average()
                    .orElseThrow();
        }
    }

    private static Visit ask(int port) throws IOException {
        long start = System.nanoTime();
        try (RawClient client = RawClient.to(port)) {
            Answer answer = client.post(ROUTE, BODY).answer();
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
        return new Visit(start / 1e9, System.nanoTime() / 1e9);
    }

    private static List<Visit> visits(int port, List<Arrival> arrivals) throws Exception {
        var answers = new ArrayList<CompletableFuture<Visit>>();
        try (ScheduledExecutorService clock = Executors.newScheduledThreadPool(
                        16, Thread.ofVirtual().name("client-", 0).factory());
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Arrival arrival : arrivals) {
                var answer = new CompletableFuture<Visit>();
                answers.add(answer);
                Runnable send = () -> clients.execute(() -> ask(port, answer));
                var _ = clock.schedule(send, arrival.nanos(), TimeUnit.NANOSECONDS);
            }
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static void ask(int port, CompletableFuture<Visit> answer) {
        try {
            answer.complete(ask(port));
        } catch (IOException | AssertionError failure) {
            answer.completeExceptionally(failure);
        }
    }

    // By the command itself, a request after the other.
    private double[] plan(List<Arrival> arrivals, double capacity) throws Exception {
        Path trace = folder.resolve("trace.csv");
        Files.writeString(
                trace,
                arrivals.stream()
                        .map(arrival -> "%d.%09d,%d"
                                .formatted(arrival.nanos() / 1_000_000_000, arrival.nanos() % 1_000_000_000, TOKENS))
                        .collect(Collectors.joining("\n")));
        try (RunningProgram program = RunningProgram.start(
                Map.of(), "simulate", "--trace", trace.toString(), "--capacity", "" + capacity, "--json", "--each")) {
            assertThat(program.awaitExit()).as(program.output()).isZero();
            JsonNode waits = Json.read(program.output()).path("waits");
            return IntStream.range(0, waits.size())
                    .mapToDouble(i -> waits.get(i).asDouble())
                    .toArray();
        }
    }

    private static double rankCorrelation(double[] one, double[] other) {
        double[] first = ranks(one);
        double[] second = ranks(other);
        double middle = (one.length - 1) / 2.0;
        double together = 0;
        double ofFirst = 0;
        double ofSecond = 0;
        for (int i = 0; i < first.length; i++) {
            together += (first[i] - middle) * (second[i] - middle);
            ofFirst += (first[i] - middle) * (first[i] - middle);
            ofSecond += (second[i] - middle) * (second[i] - middle);
        }
        return together / Math.sqrt(ofFirst * ofSecond);
    }

    // Equals share the mean of their ranks: those who do not wait at all are many.
    private static double[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] ranks = new double[values.length];
        for (int start = 0; start < order.length; ) {
            int end = start;
            while (end < order.length && values[order[end]] == values[order[start]]) {
                end++;
            }
            for (int i = start; i < end; i++) {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }
            start = end;
        }
        return ranks;
    }
}
