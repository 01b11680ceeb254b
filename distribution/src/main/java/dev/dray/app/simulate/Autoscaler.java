package dev.dray.app.simulate;

import dev.dray.adapter.controlplanevast.HandPostedPlatform;
import dev.dray.adapter.controlplanevast.HandPostedPlatform.Letter;
import dev.dray.domain.worker.Worker;
import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.Outcome;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.Timers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The platform at the other end of the line: takes reports and outcomes, loses them, loses its own acknowledgements,
/// refuses, and is down for a while. One for each life of the worker; what it is owed outlives them, in the [Debts].
final class Autoscaler {
    /// What stands before a `request_idx` that no platform ever made.
    static final String INVENTED = "9999999999999999999";

    private static final String ACTOR = "platform";
    private static final long TIME_OUT = 10_000_000_000L;
    private static final List<Integer> STATUSES = List.of(400, 429, 500, 503);

    private final Life life;
    private final HandPostedPlatform line;
    private final Debts debts;
    private final BiConsumer<String, String> broken;
    private final Set<String> reqnums = new HashSet<>();
    private Timers.Timer nextReport = () -> {};
    private Timers.Timer nextOutcomes = () -> {};
    private boolean reporting;
    private boolean delivering;
    private boolean reliable;
    private long downUntil;
    private double served;
    private double rejected;
    private double taken;
    private double mostTaken;

    /// @param broken hears of a promise that does not hold: which, and how
    Autoscaler(Life life, HandPostedPlatform line, Debts debts, BiConsumer<String, String> broken) {
        this.life = life;
        this.line = line;
        this.debts = debts;
        this.broken = broken;
    }

    void begin(Worker worker) {
        line.start(worker, () -> rung(worker));
        rung(worker);
        life.later(life.chance().exponential(20e9), this::goDown);
    }

    /// A request was admitted or rejected.
    void heard(String reqnum) {
        reqnums.add(reqnum);
    }

    /// An outcome of this request will be owed, whatever happens.
    void owes(Client client) {
        debts.open(client.requestIdx());
    }

    /// And this is it.
    void owed(Client client, Outcome outcome) {
        debts.ended(client.requestIdx(), outcome);
    }

    /// From now on it takes everything: the worker has ended, and all that is left must arrive.
    void takeAll(Worker worker) {
        reliable = true;
        downUntil = 0;
        rung(worker);
    }

    /// Whether nothing is on its way and nothing is owed.
    boolean isSettled() {
        return !reporting && !delivering && line.outcomesWaiting() == 0;
    }

    /// One more report, which is taken: then all books agree.
    void lastReport(Worker worker) {
        acknowledged(line.report(), new Read(worker.load(), reqnums.size()));
    }

    private void goDown() {
        life.fault(Fault.PLATFORM_DOWN, ACTOR, 0);
        downUntil = life.now() + life.chance().millis(1_000, 40_000);
        life.later(life.chance().exponential(40e9), this::goDown);
    }

    private boolean isDown() {
        return !reliable && downUntil > life.now();
    }

    private void rung(Worker worker) {
        if (!reporting) {
            nextReport.cancel();
            nextReport = life.later(Math.max(0, line.reportDue()), () -> report(worker));
        }
        if (!delivering) {
            nextOutcomes.cancel();
            nextOutcomes = life.later(Math.max(0, line.outcomesDue()), this::deliver);
        }
    }

    private void report(Worker worker) {
        reporting = true;
        var read = new Read(worker.load(), reqnums.size());
        Letter letter = line.report();
        carry(new Fate(Fault.REPORT_LOST, Fault.REPORT_ANSWER_LOST, Fault.REPORT_REFUSED), arrived -> {
            reporting = false;
            if (arrived.isEmpty()) {
                acknowledged(letter, read);
            } else {
                letter.lost(arrived.get().status());
            }
            rung(worker);
        });
    }

    /// What was read of the worker at the moment the report was written.
    ///
    /// @param heard different requests it has heard of
    private record Read(LoadSnapshot load, int heard) {}

    private void acknowledged(Letter letter, Read read) {
        LoadSnapshot load = read.load();
        JsonValue report = JsonValue.parse(Bytes.utf8(letter.json()));
        letter.taken();
        served += number(report, "/cur_perf");
        rejected += number(report, "/rej_load");
        taken += number(report, "/new_load");
        mostTaken = Math.max(mostTaken, load.receivedUnits() - load.cancelledUnits());
        require(served, load.servedUnits(), "served");
        require(rejected, load.rejectedUnits(), "rejected");
        require(taken, mostTaken, "new");
        require(number(report, "/cur_load"), load.currentUnits(), "current");
        require(number(report, "/num_requests_working"), load.working().size(), "working");
        require(number(report, "/num_requests_recieved"), read.heard(), "received");
    }

    private void require(double reported, double ledger, String what) {
        if (reported != ledger) {
            broken.accept(
                    Promises.LEDGER,
                    "%s: acknowledged reports say %s, the ledger %s".formatted(what, reported, ledger));
        }
    }

    private void deliver() {
        if (line.outcomesWaiting() > 0) {
            delivering = true;
            deliver(new ArrayDeque<>(line.outcomes()));
        }
    }

    private void deliver(Deque<Letter> letters) {
        Letter letter = letters.poll();
        if (letter == null) {
            delivering = false;
            nextOutcomes = life.later(Math.max(0, line.outcomesDue()), this::deliver);
            return;
        }
        carry(new Fate(Fault.OUTCOMES_LOST, Fault.OUTCOMES_ANSWER_LOST, Fault.OUTCOMES_REFUSED), arrived -> {
            if (arrived.isEmpty()) {
                debts.paid(letter.json(), broken);
                letter.taken();
                deliver(letters);
            } else if (letter.lost(arrived.get().status())) {
                debts.givenUp(letter.json(), broken);
                deliver(letters);
            } else {
                deliver(new ArrayDeque<>());
            }
        });
    }

    /// What each kind of bad luck counts as.
    private record Fate(Fault lost, Fault answerLost, Fault refused) {}

    /// No acknowledgement.
    ///
    /// @param status empty where nothing came back at all
    private record Loss(Optional<Integer> status) {}

    // Tells, when it is time, that the letter was acknowledged (empty), or how it was not.
    private void carry(Fate fate, Consumer<Optional<Loss>> done) {
        Chance chance = life.chance();
        int luck = reliable ? 100 : chance.below(100);
        if (isDown()) {
            life.count(fate.lost());
            life.later(
                    chance.percent(50) ? TIME_OUT : chance.millis(0, 20),
                    () -> done.accept(Optional.of(new Loss(Optional.empty()))));
        } else if (luck < 6) {
            life.fault(chance.percent(50) ? fate.lost() : fate.answerLost(), ACTOR, 0);
            life.later(
                    chance.percent(50) ? TIME_OUT : chance.millis(0, 500),
                    () -> done.accept(Optional.of(new Loss(Optional.empty()))));
        } else if (luck < 10) {
            life.fault(fate.refused(), ACTOR, 0);
            Optional<Integer> status = Optional.of(chance.pick(STATUSES));
            life.later(chance.millis(0, 500), () -> done.accept(Optional.of(new Loss(status))));
        } else {
            life.later(chance.millis(0, luck < 20 ? 8_000 : 100), () -> done.accept(Optional.empty()));
        }
    }

    private static double number(JsonValue report, String pointer) {
        return report.at(pointer).orElseThrow().numeric().orElseThrow();
    }
}
