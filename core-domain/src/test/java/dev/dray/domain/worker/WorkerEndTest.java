package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.ScriptedProcess;
import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.model.ReadinessState;
import dev.dray.spi.Concurrency;
import dev.dray.spi.LogRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The end of a worker that runs its model server itself.
class WorkerEndTest {
    private final RequestWorld world = new RequestWorld();
    private final ScriptedProcess process = new ScriptedProcess();

    @Test
    void stopsTheModelServerOnlyAfterTheLastRequestAndIsIdleOnlyAfterThat() {
        process.holdStops();
        var worker = new Worker(plan(), ports());
        worker.start();
        process.say("up");
        assertThat(worker.readiness().state()).isEqualTo(ReadinessState.READY);
        Client client = world.arriveAt(worker, "/serial", 3);
        worker.proceed(client.ticket());
        var idle = new int[1];

        worker.drain(() -> idle[0]++);
        assertThat(process.graces()).isEmpty();
        client.call().answer(200);
        assertThat(process.graces()).hasSize(1);
        assertThat(idle[0]).isZero();
        assertThat(worker.readiness().state()).isEqualTo(ReadinessState.DRAINING);

        process.letStop();
        assertThat(idle[0]).isEqualTo(1);
        assertThat(worker.readiness().state()).isEqualTo(ReadinessState.STOPPED);
    }

    private static WorkerPlan plan() {
        WorkerPlan base = RequestWorld.workerPlan(
                WorkerPlan.Limits.DEFAULT, List.of(RequestWorld.plan("/serial", Concurrency.serial())));
        return new WorkerPlan(
                base.backendId(),
                base.routes(),
                base.openPaths(),
                new LogRules(List.of("up"), List.of(), List.of()),
                List.of(new WorkerPlan.ServerPlan("", new LoadSignal.OwnProcess(), false)),
                base.loadProbe(),
                base.health(),
                base.benchmarkKey(),
                base.pinnedCapacity(),
                base.limits(),
                base.hold());
    }

    private WorkerPorts ports() {
        WorkerPorts base = world.ports();
        return new WorkerPorts(
                base.model(),
                base.health(),
                base.platform(),
                base.events(),
                base.store(),
                base.timers(),
                base.ticker(),
                base.clock(),
                base.callbacks(),
                List.of(process),
                base.random(),
                base.secrets());
    }
}
