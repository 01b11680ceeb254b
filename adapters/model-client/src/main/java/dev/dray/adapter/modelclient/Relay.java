package dev.dray.adapter.modelclient;

import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.outbound.ModelCall;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries one request to the model server and its answer back, on the calling thread.
final class Relay {
    private final Upstream upstream;
    private final ModelCall call;
    private final Exchange exchange;
    private final Flight flight;

    /// The connection in use. Empty once it was given back.
    private @Nullable Connection connection;

    private @Nullable IOException writeFailure;

    Relay(Upstream upstream, ModelCall call, Exchange exchange, Flight flight) {
        this.upstream = upstream;
        this.call = call;
        this.exchange = exchange;
        this.flight = flight;
    }

    /// Tells the exchange everything but the beginning and the end.
    ///
    /// @throws ClientGoneException if the sink says so
    void run() throws IOException {
        try {
            followRedirects();
        } finally {
            dropConnection();
        }
    }

    private void followRedirects() throws IOException {
        Outgoing request =
                new Outgoing(call.method(), upstream.origin().path() + call.path(), call.body(), call.clientHeaders());
        for (int redirects = 0; ; redirects++) {
            ResponseReader reader = new ResponseReader(send(request), flight);
            ParsedHead head = head(reader);
            Optional<Outgoing> next = upstream.redirects().next(head, request);
            if (next.isEmpty()) {
                answer(reader, head, request.method());
                return;
            }
            if (redirects == Redirects.MOST) {
                throw new CallException(Kind.REDIRECT, "there are more than " + Redirects.MOST + " in a row");
            }
            skipBody(reader, head, request.method());
            request = next.get();
        }
    }

    /// A server may answer and close before it has read all of a body (413): what it said counts more
    /// than that it closed.
    private ParsedHead head(ResponseReader reader) throws IOException {
        try {
            return reader.head();
        } catch (IOException unread) {
            throw writeFailure == null ? unread : writeFailure;
        }
    }

    private void answer(ResponseReader reader, ParsedHead head, String method) throws IOException {
        flight.working();
        exchange.head(head.status());
        call.sink().head(new ResponseHead(head.status(), head.endToEnd()));
        boolean reusable = reader.relay(head, method, call.sink(), upstream.streams());
        if (!flight.land()) {
            throw new IOException("cut at the very end");
        }
        if (reusable && writeFailure == null && connection != null) {
            upstream.pool().release(connection);
            connection = null;
        }
        call.sink().end();
    }

    /// Reads the page that browsers would show of a redirect if it is short; a connection with a long
    /// one is given up.
    private void skipBody(ResponseReader reader, ParsedHead head, String method) throws IOException {
        boolean isShort = head.length() >= 0 && head.length() <= Connection.MAX_READ_BYTES;
        if (!isShort || writeFailure != null || !reader.body(head, method, (array, offset, length) -> {})) {
            dropConnection();
            writeFailure = null;
        }
    }

    /// Sends on the connection of the redirect before, on an idle one, or on a new one. Another is
    /// tried only while
    /// not one byte was written: later the model server may have begun to work on what it has read.
    private Connection send(Outgoing request) throws IOException {
        while (true) {
            boolean kept = connection != null;
            Connection used = connection;
            if (used == null) {
                used = upstream.pool().acquire(flight);
                kept = used != null;
                used = used == null ? open() : used;
                connection = used;
                flight.use(used);
            }
            try {
                upstream.sender().send(used, request, flight);
                return used;
            } catch (CallException fault) {
                // Half a body went out, and its rest will not come: the model server must not take it for whole.
                used.reset();
                throw fault;
            } catch (IOException broken) {
                if (flight.isOver() || (!kept && !used.written())) {
                    throw broken;
                }
                if (used.written()) {
                    writeFailure = broken;
                    return used;
                }
                dropConnection();
            }
        }
    }

    private Connection open() throws IOException {
        boolean opened = false;
        try {
            Connection fresh = tryBreaker();
            opened = true;
            return fresh;
        } finally {
            if (!opened) {
                upstream.pool().free();
            }
        }
    }

    private Connection tryBreaker() throws IOException {
        RefusalBreaker breaker = upstream.breaker();
        if (!breaker.permits()) {
            throw new CallException(Kind.BREAKER_OPEN, "breaker is open");
        }
        try {
            Connection fresh = upstream.connector().open(flight);
            breaker.connected();
            return fresh;
        } catch (CallException refused) {
            breaker.refused(refused);
            throw refused;
        } catch (IOException undecided) {
            breaker.undecided();
            throw undecided;
        }
    }

    private void dropConnection() {
        if (connection != null) {
            upstream.pool().discard(connection);
            connection = null;
        }
    }
}
