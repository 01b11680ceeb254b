package dev.dray.port.outbound;

import dev.dray.model.Bytes;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// Tells somebody outside that a session has closed. Thread-safe.
public interface CallbackSender {
    /// Why nothing would be posted to a target: not a URL, a forbidden address, an unknown name. Called on a request's
    /// own thread, outside the worker's lock; may wait for a look-up of the name.
    ///
    /// @param target absolute URL, or a path on the model server
    /// @return for a person: what was found, what is expected; empty where the target may be used
    Optional<String> objection(String target);

    /// Posts once and tells the result, within 10 s, on a thread of the implementation's own. Returns at once, never
    /// throws. The address really connected to is checked again.
    ///
    /// @param server the model server that a target without a host means: its place in the worker's plan,
    ///     from 0
    void send(int server, Callback callback, Consumer<Delivery> done);

    /// What is posted.
    ///
    /// @param target absolute URL, or a path on the model server
    /// @param json   body
    record Callback(String target, Bytes json) {
        public Callback {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(json, "json");
        }
    }

    /// What became of it.
    sealed interface Delivery {
        /// Somebody answered.
        ///
        /// @param status HTTP status, whatever it is
        record Answered(int status) implements Delivery {}

        /// Nobody did.
        ///
        /// @param reason for a person; never empty
        record Failed(String reason) implements Delivery {}
    }
}
