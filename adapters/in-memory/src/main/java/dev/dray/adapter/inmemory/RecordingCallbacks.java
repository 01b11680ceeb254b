package dev.dray.adapter.inmemory;

import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.outbound.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Posts nothing: writes callbacks down and answers as the script says, first what was queued, then, for
/// ever, the standing answer.
///
/// Objects to nothing and is answered 200 until told otherwise. Without timers the result is told before
/// [#send] returns; with timers it is told by them. `lock` guards all of it and is never held while a
/// result is told.
public final class RecordingCallbacks implements CallbackSender {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> objections = new HashMap<>();
    private final List<Callback> sent = new ArrayList<>();
    private final Queue<Delivery> script = new ArrayDeque<>();
    private final @Nullable Timers timers;
    private Optional<Delivery> standing = Optional.of(new Delivery.Answered(200));
    private Duration delay = Duration.ZERO;

    /// Answers before the call returns.
    public RecordingCallbacks() {
        this.timers = null;
    }

    /// Answers through these timers.
    public RecordingCallbacks(Timers timers) {
        this.timers = timers;
    }

    @Override
    public Optional<String> objection(String target) {
        lock.lock();
        try {
            return Optional.ofNullable(objections.get(target));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(int server, Callback callback, Consumer<Delivery> done) {
        Optional<Delivery> answer;
        Duration wait;
        lock.lock();
        try {
            sent.add(callback);
            Optional<Delivery> refused =
                    Optional.ofNullable(objections.get(callback.target())).map(Delivery.Failed::new);
            answer =
                    refused.isPresent() || script.isEmpty() ? refused.or(() -> standing) : Optional.of(script.remove());
            wait = delay;
        } finally {
            lock.unlock();
        }
        answer.ifPresent(delivery -> tell(done, delivery, wait));
    }

    private void tell(Consumer<Delivery> done, Delivery delivery, Duration wait) {
        if (timers == null) {
            done.accept(delivery);
            return;
        }
        timers.after(wait, () -> done.accept(delivery));
    }

    /// Objects to a target from now on; a callback sent there all the same fails.
    ///
    /// @param reason for a person; never empty
    public void objectTo(String target, String reason) {
        change(() -> objections.put(target, reason));
    }

    /// Queues results for the next callbacks.
    public void next(Delivery... deliveries) {
        change(() -> script.addAll(List.of(deliveries)));
    }

    /// Every callback without a queued result is answered with this status from now on.
    public void answer(int status) {
        change(() -> standing = Optional.of(new Delivery.Answered(status)));
    }

    /// Every callback without a queued result fails from now on.
    ///
    /// @param reason for a person; never empty
    public void fail(String reason) {
        change(() -> standing = Optional.of(new Delivery.Failed(reason)));
    }

    /// Nothing is told of a callback without a queued result from now on.
    public void silent() {
        change(() -> standing = Optional.empty());
    }

    /// How long a result takes; needs timers to have an effect.
    public void delay(Duration newDelay) {
        change(() -> delay = newDelay);
    }

    /// Callbacks so far, in the order they were sent.
    public List<Callback> sent() {
        lock.lock();
        try {
            return List.copyOf(sent);
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
