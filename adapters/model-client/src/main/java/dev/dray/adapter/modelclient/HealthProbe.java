package dev.dray.adapter.modelclient;

import dev.dray.model.Bytes;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.ModelHealth.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Asks the health route once, on a connection of its own: a pool that is busy must not make a model server look
/// ill.
final class HealthProbe {
    private final Connector connector;
    private final RequestSender sender;
    private final FailureText failures;
    private final Outgoing request;
    private final TimeOuts limits;

    HealthProbe(Connector connector, RequestSender sender, FailureText failures, String target, Duration timeOut) {
        this.connector = connector;
        this.sender = sender;
        this.failures = failures;
        this.request = new Outgoing("GET", target, "", Bytes.EMPTY, List.of());
        this.limits = new TimeOuts(timeOut, Duration.ZERO, Duration.ZERO, timeOut);
    }

    /// Limits for the flight of a probe.
    TimeOuts limits() {
        return limits;
    }

    /// Probes on the calling thread. The answer's body is not waited for, redirects are not followed: exactly 200
    /// is good.
    Probe run(Flight flight) {
        try (Connection connection = connector.open(flight)) {
            sender.send(connection, request, flight);
            int status = new ResponseReader(connection, flight).head().status();
            return status == 200
                    ? new Probe.Good()
                    : new Probe.Bad("health route answered " + status + " instead of 200");
        } catch (IOException broken) {
            return new Probe.Bad(failures.of(broken, flight.cutBy(), limits).message());
        }
    }
}
