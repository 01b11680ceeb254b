package dev.dray.app.simulate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One model server: loads, works, stalls, dies and comes back. What it says of itself goes to its [Voice].
final class SimulatedServer {
    /// Who hears what becomes of the server: its log, its process, its plugin.
    interface Voice {
        /// It has begun to load.
        void loading();

        /// It has loaded.
        void loaded();

        /// It could not load, or died.
        void died(String how);
    }

    private final int place;
    private final Life life;
    private final Scenario scenario;
    private final Set<SimulatedCall> calls = new LinkedHashSet<>();
    private @Nullable Voice voice;
    private boolean up;
    private boolean loaded;
    private boolean kept = true;
    private long run;
    private long stalledUntil;
    private long flappingUntil;

    SimulatedServer(int place, Life life, Scenario scenario) {
        this.place = place;
        this.life = life;
        this.scenario = scenario;
    }

    int place() {
        return place;
    }

    void voice(Voice heardBy) {
        voice = heardBy;
    }

    /// Starts; from now on faults come.
    void start() {
        boot();
        life.later(life.chance().exponential((double) scenario.quietNanos()), this::somethingHappens);
    }

    /// Whether it takes connections.
    boolean isUp() {
        return up;
    }

    boolean isLoaded() {
        return loaded;
    }

    boolean isStalled() {
        return stalledNanos() > 0;
    }

    /// How long it will not move yet.
    long stalledNanos() {
        return Math.max(0, stalledUntil - life.now());
    }

    void flap() {
        life.count(Fault.HEALTH_FLAPPED);
        flappingUntil = life.now() + life.chance().millis(1, 8_000);
    }

    boolean isFlapping() {
        return flappingUntil > life.now();
    }

    void joined(SimulatedCall call) {
        calls.add(call);
    }

    void left(SimulatedCall call) {
        calls.remove(call);
    }

    /// One of its connections breaks.
    void breakOne() {
        if (!calls.isEmpty()) {
            List<SimulatedCall> all = new ArrayList<>(calls);
            life.chance().pick(all).reset();
        }
    }

    /// Loads anew, after it has died.
    void boot() {
        long mine = ++run;
        up = life.chance().percent(50);
        tell(Voice::loading);
        life.later(life.chance().millis(50, 6_000), () -> {
            if (mine != run) {
                return;
            }
            if (life.chance().percent(10)) {
                life.fault(Fault.MODEL_LOAD_FAILED, "model server", place);
                die("ran out of memory");
            } else {
                up = true;
                loaded = true;
                tell(Voice::loaded);
            }
        });
    }

    /// Somebody else starts it again, or nobody: the worker does, or the plugin.
    void keptByOthers() {
        kept = false;
    }

    /// Dies: whatever it was working on is gone.
    void die(String how) {
        run++;
        up = false;
        loaded = false;
        List.copyOf(calls).forEach(SimulatedCall::reset);
        tell(one -> one.died(how));
        if (kept) {
            long mine = run;
            life.later(life.chance().millis(100, 6_000), () -> {
                if (mine == run) {
                    boot();
                }
            });
        }
    }

    private void somethingHappens() {
        if (loaded) {
            if (life.chance().percent(55)) {
                life.fault(Fault.MODEL_CRASHED, "model server", place);
                die("was killed by signal 9");
            } else {
                life.fault(Fault.MODEL_STALLED, "model server", place);
                stalledUntil = life.now() + life.chance().millis(100, 15_000);
            }
        }
        life.later(life.chance().exponential((double) scenario.quietNanos()), this::somethingHappens);
    }

    private void tell(Consumer<Voice> what) {
        if (voice != null) {
            what.accept(voice);
        }
    }
}
