package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.outbound.Refusal;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The register of calls by itself.
class PluginCallsTest {
    private static final RoutePlan ROUTE = RequestWorld.plan("/route", Concurrency.serial());
    private static final Duration LONG = Duration.ofSeconds(10);

    private final RequestWorld world = new RequestWorld();
    private final PluginCalls calls =
            new PluginCalls(RequestWorld.workerPlan(WorkerPlan.Limits.DEFAULT, List.of(ROUTE)), world.ports());
    private final List<Refusal> overtime = new ArrayList<>();

    @Test
    void findsEachOfMoreThanItHasSlotsFor() {
        var begun = new ArrayList<PluginCalls.Call>();
        for (int i = 0; i < 200; i++) {
            begun.add(calls.begin("check", ROUTE, overtime::add));
        }
        assertThat(begun.removeLast().end()).isTrue();
        assertThat(begun.removeFirst().end()).isTrue();

        world.time.pass(LONG);

        assertThat(overtime).hasSize(198);
        assertThat(begun).noneMatch(PluginCalls.Call::end);
        assertThat(calls.exhausted()).isTrue();
    }

    @Test
    void giveTheNextMethodItsOwnTime() {
        PluginCalls.Call call = calls.begin("check", ROUTE, overtime::add);
        world.time.pass(Duration.ofMillis(900));
        call.goOn("workload");
        world.time.pass(Duration.ofMillis(900));

        assertThat(call.end()).isTrue();
        assertThat(overtime).isEmpty();
    }

    @Test
    void doNotBlameAPluginForAMachineThatStoodStill() {
        var ports = world.ports();
        var jump = new long[1];
        var still = new PluginCalls(
                RequestWorld.workerPlan(WorkerPlan.Limits.DEFAULT, List.of(ROUTE)),
                new WorkerPorts(
                        ports.model(),
                        ports.health(),
                        ports.platform(),
                        ports.events(),
                        ports.store(),
                        ports.timers(),
                        () -> world.time.nanos() + jump[0],
                        ports.clock(),
                        ports.callbacks(),
                        ports.processes(),
                        ports.random(),
                        ports.secrets()));
        PluginCalls.Call call = still.begin("check", ROUTE, overtime::add);
        world.time.pass(Duration.ofMillis(300));
        jump[0] = Duration.ofHours(1).toNanos();
        world.time.pass(Duration.ofMillis(300));

        assertThat(call.end()).isTrue();
        assertThat(overtime).isEmpty();
    }

    @Test
    void watchOnlyWhileThereAreCalls() {
        var looks = new AtomicInteger();
        world.onPortCall = looks::incrementAndGet;
        calls.begin("check", ROUTE, overtime::add).end();
        calls.begin("check", ROUTE, overtime::add).end();
        assertThat(looks).hasValue(1);

        world.time.pass(LONG);
        assertThat(looks).hasValue(1);

        calls.begin("check", ROUTE, overtime::add);
        world.time.pass(LONG);
        assertThat(overtime).hasSize(1);
    }

    @Test
    void endsEachCallOnceWhateverTheThreads() throws Exception {
        var lost = new ConcurrentLinkedQueue<Refusal>();
        List<Future<Integer>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                done.add(threads.submit(() -> {
                    int own = 0;
                    for (int call = 0; call < 500; call++) {
                        PluginCalls.Call begun = calls.begin("check", ROUTE, lost::add);
                        own += begun.end() ? 1 : 0;
                    }
                    return own;
                }));
            }
            int own = 0;
            for (Future<Integer> one : done) {
                own += one.get(60, TimeUnit.SECONDS);
            }
            assertThat(own).isEqualTo(50_000);
        }
        world.time.pass(LONG);
        assertThat(lost).isEmpty();
    }
}
