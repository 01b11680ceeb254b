package dev.dray.domain.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A lock, and what was decided under it to be done after it.
///
/// Decisions change state and must not call out; effects are the calls: ports, plugins, events. Effects are
/// performed one at a time in the order they were decided, whichever thread decided them: a thread that finds
/// another one performing leaves its own to that one. So listeners hear changes in the order in which they
/// happened, and a call that comes back inline with something new does not deepen the stack.
final class OrderedEffects {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean performing;

    /// Runs a decision under the lock, then performs what is waiting.
    void decide(Runnable decision) {
        lock.lock();
        try {
            decision.run();
        } finally {
            lock.unlock();
        }
        perform();
    }

    /// Adds an effect; called by a decision.
    void later(Runnable effect) {
        waiting.add(effect);
    }

    private void perform() {
        for (Runnable effect = claim(false); effect != null; effect = claim(true)) {
            boolean done = false;
            try {
                effect.run();
                done = true;
            } finally {
                if (!done) {
                    giveUp();
                }
            }
        }
    }

    private @Nullable Runnable claim(boolean mine) {
        lock.lock();
        try {
            if (performing && !mine) {
                return null;
            }
            Runnable next = waiting.poll();
            performing = next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    // A port broke its promise not to throw: the fault goes to the caller, the next decision performs the rest.
    private void giveUp() {
        lock.lock();
        try {
            performing = false;
        } finally {
            lock.unlock();
        }
    }
}
