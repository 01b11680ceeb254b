package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.ScriptedProcess;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.port.outbound.ModelHealth.Probe;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The readiness of a worker with several model servers.
class SeveralServersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Probe GOOD = new Probe.Good();
    private static final Probe BAD = new Probe.Bad("no answer");

    private final ReadinessRig rig = new ReadinessRig();

    static List<Long> seeds() {
        return new SplittableRandom(18).longs(300).boxed().toList();
    }

    @Test
    void isReadyWithTheFirstAndCarriesTheSumOfThoseThatServe() {
        ReadinessDesk desk = verifying(3);

        rig.health.answer(1, GOOD);
        assertThat(desk.standing().readiness().state()).isEqualTo(ReadinessState.READY);
        assertThat(capacity(desk)).isEqualTo(100);
        assertThat(rig.usable).containsExactly(0b010L);

        rig.journal.clear();
        rig.health.answer(0, GOOD);
        rig.health.answer(2, GOOD);
        assertThat(capacity(desk)).isEqualTo(300);
        assertThat(rig.usable).containsExactly(0b010L, 0b011L, 0b111L);
        assertThat(rig.journal).containsExactly("0 READY, 2 of 3 serve", "2 READY, 3 of 3 serve");
    }

    @Test
    void takesADeadServerOutAndBackInByItsOwnHealth() {
        ReadinessDesk desk = ready(2);

        answerTwice(0, BAD);
        assertThat(desk.standing().readiness().state()).isEqualTo(ReadinessState.READY);
        assertThat(desk.readiness(0).state()).isEqualTo(ReadinessState.UNHEALTHY);
        assertThat(capacity(desk)).isEqualTo(100);
        assertThat(rig.usable.getLast()).isEqualTo(0b10L);

        answerTwice(0, GOOD);
        assertThat(capacity(desk)).isEqualTo(200);
        assertThat(rig.usable.getLast()).isEqualTo(0b11L);
    }

    @Test
    void isUnhealthyOnceAllAreAndNamesOneOfThem() {
        ReadinessDesk desk = ready(2);

        answerTwice(1, BAD);
        answerTwice(0, BAD);

        assertThat(desk.standing().readiness().state()).isEqualTo(ReadinessState.UNHEALTHY);
        assertThat(desk.standing().readiness().reason()).isEqualTo("server 0: no answer");
        // Nobody is better than another: the platform decides whether requests come.
        assertThat(rig.usable.getLast()).isEqualTo(0b11L);
        assertThat(capacity(desk)).isEqualTo(100);
    }

    @Test
    void measuresAtOneServerAndAtTheNextWhereThatFails() {
        rig.servers = 3;
        rig.signal = new LoadSignal.OwnProcess();
        rig.probesHealth = false;
        addProcesses(3);
        ReadinessDesk desk = rig.desk();
        desk.start();
        rig.processes.forEach(process -> process.say(ReadinessRig.LOADED));
        rig.time.pass(Duration.ZERO);
        assertThat(rig.model.calls()).allMatch(call -> call.server() == 0).isNotEmpty();

        rig.processes.get(0).end("was killed by signal 9");
        rig.time.pass(Duration.ZERO);

        assertThat(desk.standing().readiness().state()).isEqualTo(ReadinessState.BENCHMARKING);
        assertThat(rig.model.calls().getLast().server()).isEqualTo(1);
    }

    @Test
    void anErrorInALogOfItsOwnFailsOneServerAndInASharedOneAll() {
        rig.probesHealth = false;
        rig.pinned = OptionalDouble.of(100);
        rig.servers = 3;
        ReadinessDesk desk = rig.desk();
        desk.start();
        var own = desk.log(List.of(2));
        var shared = desk.log(List.of(0, 1));
        own.runBegan("/own.log");
        shared.runBegan("/shared.log");
        own.line(new LogLine(1, ReadinessRig.LOADED, false));
        shared.line(new LogLine(1, ReadinessRig.LOADED, false));
        assertThat(capacity(desk)).isEqualTo(300);

        own.line(new LogLine(2, ReadinessRig.BROKEN, false));
        assertThat(desk.readiness(2).state()).isEqualTo(ReadinessState.FAILED);
        assertThat(capacity(desk)).isEqualTo(200);

        shared.line(new LogLine(2, ReadinessRig.BROKEN, false));
        assertThat(desk.standing().readiness().state()).isEqualTo(ReadinessState.FAILED);
        assertThat(desk.standing().readiness().reason()).startsWith("server 0: Traceback");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void standsWhereTheBestServerStandsWhateverHappens(long seed) {
        var random = new SplittableRandom(seed);
        int servers = random.nextInt(2, 6);
        rig.servers = servers;
        rig.pinned = OptionalDouble.of(100);
        ReadinessDesk desk = rig.desk();
        desk.start();
        var logs = IntStream.range(0, servers)
                .mapToObj(server -> desk.log(List.of(server)))
                .toList();
        for (int step = 0; step < 300; step++) {
            int server = random.nextInt(servers);
            switch (random.nextInt(12)) {
                case 0 -> logs.get(server).runBegan("/log");
                case 1, 2 -> logs.get(server).line(new LogLine(step + 1, ReadinessRig.LOADED, false));
                case 3 -> logs.get(server).line(new LogLine(step + 1, ReadinessRig.BROKEN, false));
                case 4, 5 -> rig.time.pass(SECOND);
                default -> {
                    if (rig.health.isInTheAir(server)) {
                        rig.health.answer(server, random.nextInt(3) == 0 ? BAD : GOOD);
                    }
                }
            }
            check(desk, servers);
        }
        desk.drain();
        desk.end(() -> {});
        assertThat(desk.standing().readiness().state()).isEqualTo(ReadinessState.STOPPED);
    }

    private void check(ReadinessDesk desk, int servers) {
        long serving = 0;
        for (int server = 0; server < servers; server++) {
            serving |= desk.readiness(server).state() == ReadinessState.READY ? 1L << server : 0;
        }
        Standing now = desk.standing();
        assertThat(now.readiness().state() == ReadinessState.READY).isEqualTo(serving != 0);
        assertThat(capacity(desk)).isEqualTo(100 * Math.max(1, Long.bitCount(serving)));
        long all = (1L << servers) - 1;
        assertThat(rig.usable.isEmpty() ? all : rig.usable.getLast()).isEqualTo(serving == 0 ? all : serving);
        boolean anyIll = IntStream.range(0, servers)
                .anyMatch(server -> desk.readiness(server).state() == ReadinessState.UNHEALTHY);
        assertThat(now.readiness().state() == ReadinessState.UNHEALTHY).isEqualTo(serving == 0 && anyIll);
    }

    private ReadinessDesk verifying(int servers) {
        rig.servers = servers;
        rig.pinned = OptionalDouble.of(100);
        ReadinessDesk desk = rig.desk();
        desk.start();
        desk.runBegan("/log");
        desk.line(new LogLine(1, ReadinessRig.LOADED, false));
        return desk;
    }

    private ReadinessDesk ready(int servers) {
        ReadinessDesk desk = verifying(servers);
        for (int server = 0; server < servers; server++) {
            rig.health.answer(server, GOOD);
        }
        return desk;
    }

    private void answerTwice(int server, Probe probe) {
        for (int i = 0; i < 2; i++) {
            rig.time.pass(Duration.ofSeconds(10));
            rig.health.answer(server, probe);
        }
    }

    private void addProcesses(int servers) {
        while (rig.processes.size() < servers) {
            rig.processes.add(new ScriptedProcess());
        }
    }

    private static double capacity(ReadinessDesk desk) {
        return desk.standing().capacityUnitsPerSecond().orElseThrow();
    }
}
