package dev.dray.adapter.httpserver;

import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.Ticker;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;

/// A listening port that hands its requests to a gate.
///
/// HTTP/1.0, HTTP/1.1 and HTTP/2 (prior knowledge, and ALPN with TLS). Any number of listeners live side by side, each
/// with its own gate.
public final class HttpListener {
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    private final ConnectionSweep sweep;
    private final Optional<CertificateWatch> certificate;
    private final int port;
    private final Thread stopper;

    private HttpListener(String name, WebServer server, ConnectionSweep sweep, Optional<CertificateWatch> certificate) {
        this.sweep = sweep;
        this.certificate = certificate;
        this.port = server.port();
        this.stopper =
                Thread.ofPlatform().daemon().name("dray-http-stop-" + name).unstarted(server::stop);
    }

    /// Binds the port and serves from now on.
    ///
    /// @param gate   what the requests are for; called on the requests' own virtual threads
    /// @param ticker for [dev.dray.port.exchange.InboundRequest#arrivedNanos()] and the time limits
    /// @throws UncheckedIOException if the port is taken or the address is not ours
    /// @throws TlsException if certificate or key cannot be used; a [UncheckedIOException] too, as both may mend
    ///                      themselves and be tried again
    public static HttpListener start(ListenerSettings settings, RequestGate gate, Ticker ticker) {
        probe(settings);
        Optional<CertificateWatch> certificate =
                settings.tls().map(files -> CertificateWatch.start(settings.name(), files));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Helidon looks for its parts there; with a plugin's loader it finds none and closes every connection.
        thread.setContextClassLoader(HttpListener.class.getClassLoader());
        ConnectionSweep sweep = ConnectionSweep.start(settings, ticker);
        try {
            var routing = new GateRouting(gate, ticker, settings.limits());
            WebServer server =
                    HelidonServer.of(settings, routing, sweep, certificate).start();
            if (!server.isRunning()) {
                throw unbound(settings, new IOException("Helidon did not start; its log says why"));
            }
            return new HttpListener(settings.name(), server, sweep, certificate);
        } catch (RuntimeException e) {
            sweep.stop();
            certificate.ifPresent(CertificateWatch::stop);
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /// Helidon only logs why a port cannot be bound, so this is found out first.
    private static void probe(ListenerSettings settings) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(HelidonServer.address(settings));
        } catch (IOException e) {
            throw unbound(settings, e);
        }
    }

    private static UncheckedIOException unbound(ListenerSettings settings, IOException cause) {
        return new UncheckedIOException(
                "listener '" + settings.name() + "' cannot bind " + settings.host() + ":" + settings.port() + ": "
                        + cause.getMessage() + "; free the port or choose another",
                cause);
    }

    /// The port in use, also where any free one was asked for.
    public int port() {
        return port;
    }

    /// Connections closed at once since their client had as many as [ListenerLimits#perClientConnections()] already.
    public long refusedConnections() {
        return sweep.accepted().refused();
    }

    /// Takes no new connection and closes idle ones; requests that are open go on. Returns at once.
    public void stopAccepting() {
        if (stopper.getState() == Thread.State.NEW) {
            sweep.noFurtherRequests();
            stopper.start();
        }
    }

    /// Stops accepting, lets open requests finish for as long as `grace`, then cuts off the rest.
    public void close(Duration grace) {
        stopAccepting();
        try {
            if (!stopper.join(grace)) {
                sweep.endAll();
                stopper.join(LAST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sweep.endAll();
        }
        sweep.stop();
        certificate.ifPresent(CertificateWatch::stop);
    }
}
