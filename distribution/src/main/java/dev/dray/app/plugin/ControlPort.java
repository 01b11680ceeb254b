package dev.dray.app.plugin;

import dev.dray.app.plugin.Containment.Result;
import dev.dray.spi.ControlHandler;
import dev.dray.spi.ControlHandler.Answer;
import dev.dray.spi.ControlHandler.Request;
import java.util.Objects;

/// A port on loopback that a plugin wants, with what answers there.
///
/// @param port     1 to 65535
/// @param pluginId named where it fails
/// @param loader   of the plugin
public record ControlPort(int port, ControlHandler handler, String pluginId, ClassLoader loader) {
    public ControlPort {
        Objects.requireNonNull(handler, "handler");
    }

    /// What became of a request.
    public sealed interface Handled {
        record Answered(Answer answer) implements Handled {}

        /// The plugin is at fault.
        ///
        /// @param reason for a person: what went wrong
        record Failed(String reason) implements Handled {}
    }

    /// Has the plugin answer, whatever it does. Runs on the calling thread.
    public Handled handle(Request request) {
        return switch (Containment.call(loader, () -> handler.handle(request))) {
            case Result.Returned<Answer>(Answer answer) ->
                answer.status() < 200 || answer.status() > 599
                        ? new Handled.Failed("it answered with status " + answer.status() + ", expected 200 to 599")
                        : new Handled.Answered(answer);
            case Result.Threw<Answer>(Throwable _, String reason) -> new Handled.Failed(reason);
        };
    }
}
