package dev.dray.app;

import dev.dray.port.outbound.CallbackSender;
import java.util.Optional;
import java.util.function.Consumer;

/// Posts nothing: every target is refused.
final class NoCallbacks implements CallbackSender {
    private static final String REASON = "callbacks are not supported by this version; leave the target out";

    @Override
    public Optional<String> objection(String target) {
        return Optional.of(REASON);
    }

    @Override
    public void send(Callback callback, Consumer<Delivery> done) {
        done.accept(new Delivery.Failed(REASON));
    }
}
