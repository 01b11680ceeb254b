package dev.dray.app.simulate;

import dev.dray.app.simulate.History.BrokenPromise;
import dev.dray.domain.worker.Worker;
import dev.dray.port.outbound.WorkerEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What must hold after every event, whatever clients, model servers, logs and platform do.
///
/// A promise that does not hold is written down, not thrown: half of what the worker calls is foreign code to it, and
/// it would contain the fault. The history ends at the first.
final class Promises {
    static final String ONE_OUTCOME = "each request has exactly one outcome";
    static final String BALANCE = "admitted = served + errored + cancelled + expelled + in flight";
    static final String UNITS = "workload units are neither lost nor made";
    static final String LANES = "a lane never holds two";
    static final String FIFO = "first come, first served in a queue";
    static final String IDLE_LANE = "no lane is idle while somebody waits for it";
    static final String WAIT = "nobody waits longer than the queue time-out";
    static final String LIMITS = "no more is held than the limits say";
    static final String ANSWER_ONCE = "each client is answered once";
    static final String ANSWERED = "each client is answered";
    static final String HUNG_UP = "who hung up is cancelled, not served";
    static final String EDGES = "readiness takes legal edges only";
    static final String DRAIN = "the drain ends";
    static final String DOOR = "a draining worker admits nothing";
    static final String HOME = "requests of a session stay on its model server";
    static final String LEDGER = "the sum of acknowledged reports is the ledger";
    static final String OWED = "each outcome reaches the platform once";
    static final String QUIET = "nothing happens after the end";
    static final String FAULTLESS = "the worker throws nothing";

    private final Life life;
    private final RequestPromises requests;
    private final ReadinessPromises readiness;
    private @Nullable BrokenPromise broken;

    Promises(Life life, Scenario scenario, Autoscaler platform) {
        this.life = life;
        this.requests = new RequestPromises(life, scenario, platform, this);
        this.readiness = new ReadinessPromises(this);
    }

    /// What did not hold first.
    Optional<BrokenPromise> firstBroken() {
        return Optional.ofNullable(broken);
    }

    boolean hold() {
        return broken == null;
    }

    /// A promise does not hold.
    void broken(String promise, String how) {
        // A thread that was stuck in a plugin when its process was killed is no thread any more.
        if (broken == null && !life.isOver()) {
            broken = new BrokenPromise(promise, how, life.now());
            life.note("BROKEN", 0, promise + ": " + how);
        }
    }

    /// Breaks the promise unless this holds.
    void require(boolean holds, String promise, Object how) {
        if (!holds) {
            broken(promise, how.toString());
        }
    }

    /// The books of the requests.
    RequestPromises requests() {
        return requests;
    }

    void arriving(Client client) {
        requests.arriving(client);
    }

    void arrived(Client client) {
        requests.arrived(client);
    }

    void turn(Client client) {
        requests.turn(client);
    }

    void told(Client client, int status) {
        client.standing.status = status;
    }

    void hear(WorkerEvent event) {
        switch (event) {
            case WorkerEvent.ReadinessChanged changed -> readiness.changed(changed);
            case WorkerEvent.ModelServersChanged _ -> readiness.serversChanged();
            case WorkerEvent.BenchmarkProgress _,
                    WorkerEvent.BenchmarkEnded _,
                    WorkerEvent.ModelLogNoted _,
                    WorkerEvent.PluginWrittenOff _ -> {}
            case WorkerEvent.RequestAdmitted _,
                    WorkerEvent.RequestStarted _,
                    WorkerEvent.RequestEnded _,
                    WorkerEvent.SessionOpened _,
                    WorkerEvent.SessionClosed _ -> requests.hear(event);
        }
    }

    /// After an event, while no thread is on its way through the worker.
    void check(Worker worker) {
        if (broken == null && !life.isOver()) {
            readiness.check(worker);
            requests.check(worker, readiness.serving());
        }
    }
}
