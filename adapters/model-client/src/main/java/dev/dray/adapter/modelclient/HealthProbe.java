package dev.dray.adapter.modelclient;

import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.ModelHealth.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Asks the health route once, on a connection of its own: a pool that is busy must not make a model
/// server look ill.
final class HealthProbe {
    private final Connector connector;
    private final RequestSender sender;
    private final FailureText failures;
    private final Outgoing request;
    private final TimeOuts limits;
    private final Good good;

    /// What is asked, and what counts as well.
    ///
    /// @param target path and query
    record Question(String target, Duration timeOut, Good good) {}

    /// Which answers are good.
    enum Good {
        /// Of a model server's health.
        EXACTLY_200("200", "see whether it hangs, or raise 'model.health.time-out'"),
        /// Of whatever a plugin asks.
        ANY_2XX("2xx", "see whether it hangs");

        private final String words;
        private final String hint;

        Good(String words, String hint) {
            this.words = words;
            this.hint = hint;
        }

        boolean is(int status) {
            return this == EXACTLY_200 ? status == 200 : status / 100 == 2;
        }
    }

    HealthProbe(Connector connector, RequestSender sender, FailureText failures, Question question) {
        this.connector = connector;
        this.sender = sender;
        this.failures = failures;
        this.good = question.good();
        Duration timeOut = question.timeOut();
        String target = question.target();
        this.request = new Outgoing("GET", target, ModelBody.NONE, List.of());
        this.limits = new TimeOuts(timeOut, Duration.ZERO, Duration.ZERO, timeOut);
    }

    /// Limits for the flight of a probe.
    TimeOuts limits() {
        return limits;
    }

    /// Probes on the calling thread. The answer's body is not waited for, redirects are not followed.
    Probe run(Flight flight) {
        try (Connection connection = connector.open(flight)) {
            sender.send(connection, request, flight);
            int status = new ResponseReader(connection, flight).head().status();
            return good.is(status)
                    ? new Probe.Good()
                    : new Probe.Bad("health route answered %d instead of %s".formatted(status, good.words));
        } catch (IOException broken) {
            return new Probe.Bad(failures.ofProbe(broken, flight.cutBy(), limits, good.hint));
        }
    }
}
