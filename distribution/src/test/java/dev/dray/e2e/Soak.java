package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Minutes of mixed load while model server and platform fail, for `distribution/soak`: no name that a build runs by
/// itself. Afterwards three ledgers are compared, what clients saw, what the model server got and what the platform
/// was told.
class Soak {
    private static final int CLIENTS = 16;
    private static final String HOSTILE =
            "POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";

    /// What a client did, and saw: a status, `broken`, or `left`.
    private final Map<Integer, String> seen = new ConcurrentHashMap<>();

    private final Set<Integer> unsigned = ConcurrentHashMap.newKeySet();
    private final AtomicInteger faults = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void losesDoublesAndLeaksNothing(@TempDir Path folder) throws Exception {
        int seconds = Integer.getInteger("soak.seconds", 60);
        try (World world = world(folder)) {
            world.ready();
            load(world, 5);
            settle(world);
            Footprint before = Footprint.of(world.worker(), world);

            load(world, seconds);
            settle(world);

            Footprint after = Footprint.of(world.worker(), world);
            report(world, seconds, before, after);
        }
    }

    private static World world(Path folder) throws Exception {
        World world = new World(folder)
                .set("model.health", "{path: /health, interval: 100ms, retry-interval: 50ms, time-out: 2s}")
                .set("limits.queue", "20")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /stream, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /serial, allow-parallel-requests: false, max-queue-time: none")
                .handler("route: /silent, allow-parallel-requests: true, max-queue-time: none,"
                        + " time-outs: {first-byte: 300ms, idle: 300ms}")
                .handler("route: /bad, allow-parallel-requests: true, max-queue-time: none");
        world.model().on("/stream", call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            for (int i = 0; i < 20; i++) {
                call.chunk("data: {\"content\": \"token\"}\n\n");
            }
            call.lastChunk();
        });
        world.model().on("/silent", Call::hang);
        world.model().on("/bad", Call::reset);
        return world;
    }

    private void load(World world, int seconds) throws Exception {
        var stop = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                var random = new SplittableRandom(seconds * 1_000L + i);
                running.add(threads.submit(() -> {
                    while (stop.getCount() > 0) {
                        request(world, random);
                    }
                }));
            }
            running.add(threads.submit(() -> {
                breakThings(world, stop);
                return null;
            }));
            over.await(seconds, TimeUnit.SECONDS);
            stop.countDown();
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private void request(World world, SplittableRandom random) {
        int idx = world.nextIdx();
        String body = world.signed(idx, "{\"i\": " + idx + "}");
        int kind = random.nextInt(100);
        try (RawClient client = world.client()) {
            if (kind < 5) {
                unsigned.add(idx);
                client.post("/open", body.replaceFirst("\"signature\": \"[^\"]*\"", "\"signature\": \"AAAA\""));
                seen.put(idx, "" + client.answer().status());
            } else if (kind < 10) {
                unsigned.add(idx);
                client.send(HOSTILE);
                seen.put(idx, "" + client.answer().status());
            } else if (kind < 20) {
                seen.put(idx, "left");
                client.post("/stream", body);
                client.head();
                client.reset();
            } else {
                client.post(path(kind), body);
                Answer answer = client.answer();
                seen.put(idx, answer.complete() ? "" + answer.status() : "broken");
            }
        } catch (IOException broken) {
            seen.put(idx, "broken");
        }
    }

    private static String path(int kind) {
        if (kind < 50) {
            return "/open";
        }
        if (kind < 75) {
            return "/stream";
        }
        if (kind < 92) {
            return "/serial";
        }
        return kind < 96 ? "/silent" : "/bad";
    }

    private void breakThings(World world, CountDownLatch stop) throws Exception {
        var random = new SplittableRandom(7);
        while (!stop.await(300 + random.nextInt(700), TimeUnit.MILLISECONDS)) {
            faults.incrementAndGet();
            switch (random.nextInt(4)) {
                case 0 -> {
                    world.model().stop();
                    stop.await(200 + random.nextInt(600), TimeUnit.MILLISECONDS);
                    world.model().restart();
                }
                case 1 -> {
                    world.platform().answer(ScriptedPlatform.STATUS, 503);
                    world.platform().answer(ScriptedPlatform.OUTCOMES, 503);
                    stop.await(1_000, TimeUnit.MILLISECONDS);
                    world.platform().answer(ScriptedPlatform.STATUS, 200);
                    world.platform().answer(ScriptedPlatform.OUTCOMES, 200);
                }
                case 2 -> {
                    world.model().on("/health", call -> call.answer(503, "{}"));
                    stop.await(500, TimeUnit.MILLISECONDS);
                    world.model().on("/health", call -> call.answer(200, "{}"));
                }
                default -> world.log().rotate(ModelLog.LOADED);
            }
        }
    }

    private void settle(World world) throws Exception {
        world.await("nothing in flight", () -> {
            JsonNode status = world.status();
            return status.path("in-flight").asInt() == 0
                    && status.path("queued").asInt() == 0;
        });
        int verified = seen.size() - unsigned.size();
        world.await("all outcomes", () -> told(world).size() >= verified);
        world.await("idle connections to end", () -> world.model().openConnections() <= 2);
    }

    private static Map<Integer, Long> told(World world) {
        return world.platform().outcomes().stream()
                .collect(Collectors.groupingBy(
                        outcome -> outcome.path("request_idx").asInt(), Collectors.counting()));
    }

    private void report(World world, int seconds, Footprint before, Footprint after) throws IOException {
        Map<Integer, Long> told = told(world);
        Map<Integer, Long> asked = world.model().calls().stream()
                .filter(call -> !call.path().equals("/health"))
                .map(call -> call.json().path("i").asInt())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<Integer> lost = seen.keySet().stream()
                .filter(idx -> !unsigned.contains(idx) && !told.containsKey(idx))
                .toList();
        List<Integer> served = seen.entrySet().stream()
                .filter(one -> one.getValue().equals("200") && !asked.containsKey(one.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        long doubled = told.values().stream().filter(count -> count > 1).count()
                + asked.values().stream().filter(count -> count > 1).count();
        List<Integer> letIn = unsigned.stream()
                .filter(idx -> told.containsKey(idx) || asked.containsKey(idx))
                .toList();
        long descriptors = Math.max(0, after.descriptors() - before.descriptors() - 5);
        String figures = """
                seconds      %d
                requests     %d: %s
                faults       %d
                model calls  %d
                lost         %d
                double       %d
                let in       %d
                leaked       %d (descriptors %d to %d, threads %d to %d, heap %d to %d KiB)
                """.formatted(
                seconds,
                seen.size(),
                seen.values().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting())),
                faults.get(),
                asked.size(),
                lost.size(),
                doubled,
                letIn.size(),
                descriptors,
                before.descriptors(),
                after.descriptors(),
                before.threads(),
                after.threads(),
                before.heapBytes() / 1024,
                after.heapBytes() / 1024);
        Files.writeString(Path.of("target", "soak.txt"), figures);
        assertThat(lost).as(figures).isEmpty();
        assertThat(served).as("answered without the model server").isEmpty();
        assertThat(doubled).as(figures).isZero();
        assertThat(letIn).as(figures).isEmpty();
        assertThat(descriptors).as(figures).isZero();
        assertThat(after.threads()).as(figures).isLessThanOrEqualTo(before.threads() + 10);
    }
}
