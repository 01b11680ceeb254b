package dev.dray.domain.worker;

import dev.dray.port.outbound.CallbackSender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Objects to the target `forbidden`; keeps what is posted until the test says what became of it.
final class FakeCallbacks implements CallbackSender {
    final List<Callback> sent = new ArrayList<>();
    final List<Consumer<Delivery>> open = new ArrayList<>();
    Runnable onCall = () -> {};

    @Override
    public Optional<String> objection(String target) {
        onCall.run();
        return target.equals("forbidden") ? Optional.of("must not be forbidden") : Optional.empty();
    }

    @Override
    public void send(int server, Callback callback, Consumer<Delivery> done) {
        onCall.run();
        sent.add(callback);
        open.add(done);
    }

    /// The oldest callback came back.
    void comeBack() {
        open.removeFirst().accept(new Delivery.Answered(200));
    }

    /// The oldest callback got nowhere.
    void fail() {
        open.removeFirst().accept(new Delivery.Failed("nobody listens there"));
    }
}
