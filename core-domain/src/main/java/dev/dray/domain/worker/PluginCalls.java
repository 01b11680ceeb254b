package dev.dray.domain.worker;

import dev.dray.port.outbound.CallingThread;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.Timers;
import dev.dray.port.outbound.WorkerEvent.PluginWrittenOff;
import dev.dray.port.outbound.WorkerEvents;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The calls to the plugin that run at this moment, and a sweep that writes off those that take too
/// long.
///
/// Calls run inline on the request's thread, so noting one has to cost next to nothing: no lock, no
/// clock, no timer. A call swaps itself into a slot and out again; who swaps it out, its own thread or
/// the sweep, decides how it ends. The sweep reads the clock when it first sees a call, and runs only
/// while there are calls. It wants to have seen one several times: a machine that stood still is not the
/// plugin's fault.
///
/// A thread cannot be stopped, so each write-off costs one for good. After [#MOST_WRITE_OFFS] of them
/// the plugin is not called any more. Thread-safe.
final class PluginCalls {
    /// So many threads may be lost before the worker ends.
    static final int MOST_WRITE_OFFS = 5;

    // More than run at once where plugins compute and do not wait; beyond it a set is used.
    private static final int SLOTS = 64;

    // Neighbours that are tried.
    private static final int PROBES = 4;

    // Spreads neighbouring thread numbers over all slots: 2 to the 64th through the golden ratio; the top six bits.
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int SLOT_SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS);

    // Looks at one call within the time limit.
    private static final int LOOKS = 4;

    private final String backendId;
    private final Duration limit;
    private final Timers timers;
    private final Ticker ticker;
    private final WorkerEvents events;
    private final AtomicReferenceArray<@Nullable Call> slots = new AtomicReferenceArray<>(SLOTS);
    private final Set<Call> crowd = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final AtomicInteger writtenOff = new AtomicInteger();

    PluginCalls(WorkerPlan plan, WorkerPorts ports) {
        this.backendId = plan.backendId();
        this.limit = plan.limits().pluginTime();
        this.timers = ports.timers();
        this.ticker = ports.ticker();
        this.events = ports.events();
    }

    /// Notes that the calling thread is about to call the plugin. [Call#end()] has to follow.
    ///
    /// @param method   of the route, for a person
    /// @param overtime ends the request in place of its own thread, at most once; told the refusal
    Call begin(String method, RoutePlan route, Consumer<Refusal> overtime) {
        var call = new Call(method, route, overtime);
        place(call);
        // Placed before the flag is read, and lowered before the slots are looked at: one side always sees the other.
        if (!watching.get()) {
            watch();
        }
        return call;
    }

    /// Whether the plugin has cost so many threads that it is not called any more.
    boolean exhausted() {
        return writtenOff.get() >= MOST_WRITE_OFFS;
    }

    private void place(Call call) {
        int first = Long.hashCode(call.thread.number() * SPREAD) >>> SLOT_SHIFT;
        for (int i = 0; i < PROBES; i++) {
            call.slot = (first + i) % SLOTS;
            if (slots.compareAndSet(call.slot, null, call)) {
                return;
            }
        }
        call.slot = Call.IN_THE_CROWD;
        crowd.add(call);
    }

    private boolean remove(Call call) {
        return call.slot == Call.IN_THE_CROWD ? crowd.remove(call) : slots.compareAndSet(call.slot, call, null);
    }

    private void watch() {
        if (watching.compareAndSet(false, true)) {
            rest();
        }
    }

    private void rest() {
        timers.watch(limit.dividedBy(LOOKS), this::sweep);
    }

    private void sweep() {
        boolean busy = true;
        try {
            busy = look();
        } finally {
            if (busy) {
                rest();
            } else {
                watching.set(false);
                if (isBusy()) {
                    watch();
                }
            }
        }
    }

    private boolean look() {
        boolean busy = false;
        long now = ticker.nanos();
        for (int slot = 0; slot < SLOTS; slot++) {
            Call call = slots.get(slot);
            if (call != null) {
                busy |= look(call, now);
            }
        }
        for (Call call : crowd) {
            busy |= look(call, now);
        }
        return busy;
    }

    private boolean isBusy() {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slots.get(slot) != null) {
                return true;
            }
        }
        return !crowd.isEmpty();
    }

    /// @return whether it goes on
    private boolean look(Call call, long now) {
        if (!call.isOverdue(now, limit) || !remove(call)) {
            return true;
        }
        int number = writtenOff.incrementAndGet();
        List<StackTraceElement> stack = call.thread.stack();
        events.accept(new PluginWrittenOff(
                backendId, call.method, call.route.path(), number, number == MOST_WRITE_OFFS, stack));
        call.overtime.accept(call.refusal());
        return false;
    }

    /// One call, or several in a row on behalf of one request.
    final class Call {
        private static final int IN_THE_CROWD = -1;

        private final CallingThread thread = CallingThread.current();
        private final RoutePlan route;
        private final Consumer<Refusal> overtime;
        private volatile String method;
        // Written by its thread before it is placed there.
        private int slot;

        // The sweep's own.
        private String seenMethod = "";
        private long seenNanos;
        private int looks;

        private Call(String method, RoutePlan route, Consumer<Refusal> overtime) {
            this.method = method;
            this.route = route;
            this.overtime = overtime;
        }

        /// The next method is called; its time begins anew.
        void goOn(String next) {
            method = next;
        }

        /// The plugin has returned or thrown.
        ///
        /// @return whether its request is still its thread's; else it was written off, and nothing may
        ///     be done
        boolean end() {
            return remove(this);
        }

        /// What the request is told where it is written off.
        Refusal refusal() {
            return Refusals.pluginOvertime(backendId, method, route, limit);
        }

        private boolean isOverdue(long now, Duration limit) {
            String running = method;
            // The same text is the same object: all are constants.
            if (!running.equals(seenMethod)) {
                seenMethod = running;
                seenNanos = now;
                looks = 0;
                return false;
            }
            looks++;
            return looks >= LOOKS && now - seenNanos >= limit.toNanos();
        }
    }
}
