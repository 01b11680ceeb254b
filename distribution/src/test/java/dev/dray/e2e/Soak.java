package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
/// itself. In the first half the worker itself is killed and started again too; the second half is one worker's, which
/// has to give back all it took. Afterwards three ledgers are compared, what clients saw, what the model server got and
/// what the platform was told.
///
/// What [Kills] excuse is counted, and anything else is a fault.
class Soak {
    private static final int CLIENTS = 16;
    private static final String HOSTILE =
            "POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";

    /// What a client did, and saw: a status, `broken`, or `left`.
    private final Map<Integer, String> seen = new ConcurrentHashMap<>();

    private final AtomicInteger refused = new AtomicInteger();
    private final Set<Integer> unsigned = ConcurrentHashMap.newKeySet();
    private final AtomicInteger faults = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    private final Map<Integer, Kills.Moment> sendings = new ConcurrentHashMap<>();

    private final Kills kills = new Kills();

    @Test
    void losesDoublesAndLeaksNothing(@TempDir Path folder) throws Exception {
        int seconds = Integer.getInteger("soak.seconds", 60);
        try (World world = world(folder)) {
            world.ready();
            load(world, seconds / 2, true);
            settle(world);
            load(world, 5, false);
            settle(world);
            Footprint before = Footprint.of(world.worker(), world);

            load(world, seconds - seconds / 2, false);
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

    private void load(World world, int seconds, boolean withKills) throws Exception {
        var stop = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                var random = new SplittableRandom(seconds * 1_000L + i);
                running.add(threads.submit(() -> {
                    while (stop.getCount() > 0) {
                        request(world, random);
                    }
                    return null;
                }));
            }
            running.add(threads.submit(() -> {
                breakThings(world, stop, withKills);
                return null;
            }));
            over.await(seconds, TimeUnit.SECONDS);
            stop.countDown();
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private void request(World world, SplittableRandom random) throws InterruptedException {
        RawClient connected;
        long from = System.nanoTime();
        try {
            connected = world.client();
        } catch (IOException nobodyThere) {
            // The worker is being started again: no request, but a client that tries on.
            refused.incrementAndGet();
            over.await(20, TimeUnit.MILLISECONDS);
            return;
        }
        int idx = world.nextIdx();
        String body = world.signed(idx, "{\"i\": " + idx + "}");
        int kind = random.nextInt(100);
        sendings.put(idx, new Kills.Moment(from, System.nanoTime()));
        try (RawClient client = connected) {
            if (kind < 5) {
                unsigned.add(idx);
                client.post("/open", body.replaceFirst("\"signature\": \"[^\"]*\"", "\"signature\": \"AAAA\""));
                seen.put(idx, "" + client.answer().status());
            } else if (kind < 10) {
                unsigned.add(idx);
                client.send(HOSTILE);
                seen.put(idx, "" + client.answer().status());
            } else if (kind < 20) {
                client.post("/stream", body);
                int status = client.head().status();
                seen.put(idx, status == 200 ? "left" : "" + status);
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

    private void breakThings(World world, CountDownLatch stop, boolean withKills) throws Exception {
        var random = new SplittableRandom(7);
        while (!stop.await(300 + random.nextInt(700), TimeUnit.MILLISECONDS)) {
            faults.incrementAndGet();
            switch (random.nextInt(withKills ? 6 : 4)) {
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
                case 3 -> world.log().rotate(ModelLog.LOADED);
                case 4 -> kill(world);
                default -> {
                    // While it owes much.
                    world.platform().answer(ScriptedPlatform.OUTCOMES, 503);
                    stop.await(random.nextInt(3_000), TimeUnit.MILLISECONDS);
                    kill(world);
                    world.platform().answer(ScriptedPlatform.OUTCOMES, 200);
                }
            }
        }
    }

    private void kill(World world) throws Exception {
        long before = System.nanoTime();
        world.worker().kill();
        world.worker().awaitExit();
        long after = System.nanoTime();
        world.start();
        world.awaitReady();
        kills.add(before, after, System.nanoTime());
    }

    private void settle(World world) throws Exception {
        world.await("nothing in flight", () -> {
            JsonNode status = world.status();
            return status.path("in-flight").asInt() == 0
                    && status.path("queued").asInt() == 0;
        });
        if (!Patience.until(() -> told(world).keySet().containsAll(owed()))) {
            Set<Integer> missing = owed();
            missing.removeAll(told(world).keySet());
            throw new AssertionError(missing.size() + " outcomes are missing: "
                    + missing.stream().limit(20).map(this::story).toList());
        }
        world.await("idle connections to end", () -> world.model().openConnections() <= 2);
    }

    /// Requests whose outcome the platform has to hear, whatever was killed.
    private Set<Integer> owed() {
        return seen.keySet().stream()
                .filter(idx -> !unsigned.contains(idx) && !isUnverified(idx) && !kills.mayHaveForgotten(sending(idx)))
                .collect(Collectors.toSet());
    }

    /// A worker that has just started knows no key, and lets nobody in.
    private boolean isUnverified(int idx) {
        return "401".equals(seen.get(idx)) && kills.areFollowedBy(sending(idx));
    }

    private Kills.Moment sending(int idx) {
        return Objects.requireNonNull(sendings.get(idx), "sent");
    }

    private String story(int idx) {
        return "%d: %s, sent %s s before a kill".formatted(idx, seen.get(idx), kills.around(sending(idx)));
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
        Set<Integer> owed = owed();
        List<Integer> lost = owed.stream().filter(idx -> !told.containsKey(idx)).toList();
        List<Integer> unwritten = seen.keySet().stream()
                .filter(idx -> !unsigned.contains(idx) && !isUnverified(idx) && !owed.contains(idx))
                .filter(idx -> !told.containsKey(idx))
                .toList();
        List<Integer> served = seen.entrySet().stream()
                .filter(one -> one.getValue().equals("200") && !asked.containsKey(one.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        Retold retold = Retold.to(world.platform(), kills);
        long doubled = retold.faults()
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
                kills        %d: %d clients refused meanwhile, %d answered before the key was there
                unwritten    %d, the oldest sent %.1f s before the kill
                told again   %d, %d of them otherwise, the oldest acknowledged %.1f s before the kill
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
                kills.count(),
                refused.get(),
                seen.keySet().stream().filter(this::isUnverified).count(),
                unwritten.size(),
                unwritten.stream()
                        .mapToDouble(idx -> kills.age(sending(idx)))
                        .max()
                        .orElse(0),
                retold.excused(),
                retold.otherwise(),
                retold.age(),
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
