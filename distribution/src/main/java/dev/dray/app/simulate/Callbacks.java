package dev.dray.app.simulate;

import dev.dray.port.outbound.CallbackSender;
import java.util.Optional;
import java.util.function.Consumer;

/// Those who want to hear that a session has closed: they answer, fail, or take all the time they may.
final class Callbacks implements CallbackSender {
    /// A target the worker must not post to.
    static final String FORBIDDEN = "http://169.254.169.254/";

    private static final long MOST_NANOS = 10_000_000_000L;

    private final Life life;

    Callbacks(Life life) {
        this.life = life;
    }

    @Override
    public Optional<String> objection(String target) {
        return target.equals(FORBIDDEN) ? Optional.of("link-local") : Optional.empty();
    }

    @Override
    public void send(int server, Callback callback, Consumer<Delivery> done) {
        life.preempt();
        switch (life.chance().below(4)) {
            case 0 -> {
                life.count(Fault.CALLBACK_HUNG);
                life.later(MOST_NANOS, () -> done.accept(new Delivery.Failed("no answer within 10 s")));
            }
            case 1 -> {
                life.count(Fault.CALLBACK_FAILED);
                life.later(
                        life.chance().micros(10, 50_000), () -> done.accept(new Delivery.Failed("connection refused")));
            }
            default -> life.later(life.chance().millis(0, 2_000), () -> done.accept(new Delivery.Answered(200)));
        }
    }
}
