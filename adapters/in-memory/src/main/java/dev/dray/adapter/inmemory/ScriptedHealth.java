package dev.dray.adapter.inmemory;

import dev.dray.port.outbound.ModelHealth;
import dev.dray.port.outbound.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Model servers whose health is as the script says: first what was queued, for whichever is asked next,
/// then, for ever, the standing answer, each server's own or that of all.
///
/// Healthy until told otherwise. Without timers the result is told before [#probe(int, Consumer)]
/// returns; with timers it
/// is told by them. `lock` guards the script and is never held while a result is told.
public final class ScriptedHealth implements ModelHealth {
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Optional<Probe>> script = new ArrayDeque<>();
    private final Map<String, Probe> answers = new HashMap<>();
    private final @Nullable Timers timers;
    private final Map<Integer, Probe> own = new HashMap<>();
    private Duration delay = Duration.ZERO;
    private Optional<Probe> standing = Optional.of(new Probe.Good());
    private int probes;

    /// Answers before the call returns.
    public ScriptedHealth() {
        this.timers = null;
    }

    /// Answers through these timers.
    public ScriptedHealth(Timers timers) {
        this.timers = timers;
    }

    @Override
    public void probe(int server, Consumer<Probe> done) {
        Optional<Probe> answer;
        Duration wait;
        lock.lock();
        try {
            probes++;
            answer = script.isEmpty() ? standing(server) : script.remove();
            wait = delay;
        } finally {
            lock.unlock();
        }
        answer.ifPresent(result -> tell(done, result, wait));
    }

    /// Answers as [#answer(String, Probe)] said; where it said nothing, nobody listens there.
    @Override
    public void ask(String url, Duration timeOut, Consumer<Probe> done) {
        Probe answer;
        Duration wait;
        lock.lock();
        try {
            answer = answers.getOrDefault(url, new Probe.Bad("nobody listens at " + url));
            wait = delay;
        } finally {
            lock.unlock();
        }
        tell(done, answer, wait);
    }

    private Optional<Probe> standing(int server) {
        return own.containsKey(server) ? Optional.of(own.get(server)) : standing;
    }

    private void tell(Consumer<Probe> done, Probe result, Duration wait) {
        if (timers == null) {
            done.accept(result);
            return;
        }
        timers.after(wait, () -> done.accept(result));
    }

    /// Queues answers for the next probes.
    public void next(Probe... answers) {
        change(() -> List.of(answers).forEach(answer -> script.add(Optional.of(answer))));
    }

    /// Every probe without a queued answer is good from now on.
    public void good() {
        change(() -> standing = Optional.of(new Probe.Good()));
    }

    /// Every probe without a queued answer is bad from now on.
    ///
    /// @param reason for a person; never empty
    public void bad(String reason) {
        change(() -> standing = Optional.of(new Probe.Bad(reason)));
    }

    /// Every probe of one server without a queued answer is so from now on, whatever the others' are.
    public void answer(int server, Probe answer) {
        change(() -> own.put(server, answer));
    }

    /// Every probe without a queued answer is never answered from now on.
    public void silent() {
        change(() -> standing = Optional.empty());
    }

    /// Every question to a URL is answered so from now on.
    public void answer(String url, Probe answer) {
        change(() -> answers.put(url, answer));
    }

    /// How long an answer takes; needs timers to have an effect.
    public void delay(Duration newDelay) {
        change(() -> delay = newDelay);
    }

    /// Number of probes so far.
    public int probes() {
        lock.lock();
        try {
            return probes;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
