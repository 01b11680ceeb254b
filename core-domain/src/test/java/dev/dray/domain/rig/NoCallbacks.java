package dev.dray.domain.rig;

import dev.dray.port.outbound.CallbackSender;
import java.util.Optional;
import java.util.function.Consumer;

/// For tests in which no session has a callback.
public final class NoCallbacks implements CallbackSender {
    @Override
    public Optional<String> objection(String target) {
        throw new AssertionError("nobody asked for a callback to " + target);
    }

    @Override
    public void send(int server, Callback callback, Consumer<Delivery> done) {
        throw new AssertionError("nobody asked for a callback to " + callback.target());
    }
}
