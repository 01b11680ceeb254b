package dev.dray.app;

import dev.dray.adapter.httpserver.HttpListener;
import dev.dray.adapter.httpserver.ListenerLimits;
import dev.dray.adapter.httpserver.ListenerSettings;
import dev.dray.app.config.Config;
import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.Ticker;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The worker's three listeners: for clients, for the model server's side, for the operator.
///
/// @param worker   for clients
/// @param internal for the model server's side, on loopback
/// @param admin    for the operator
record Listeners(HttpListener worker, HttpListener internal, HttpListener admin) implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());
    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);
    private static final int ANY_FREE_PORT = 0;

    // For answers whose last bytes are on their way to the client; a listener without open requests closes at once.
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    /// What the listeners answer with.
    ///
    /// @param worker   requests of clients
    /// @param internal requests from the model server's side
    /// @param admin    probes and questions of the operator
    record Gates(RequestGate worker, RequestGate internal, RequestGate admin) {}

    /// Opens all three. A taken worker port is waited for; a taken admin port is replaced by a free one.
    ///
    /// @throws InterruptedException if the thread was interrupted while it waited for a port
    static Listeners open(Config config, Gates gates, Ticker ticker) throws InterruptedException {
        Config.Worker worker = config.worker();
        ListenerLimits limits = limits(config.limits());
        HttpListener clients = awaitPort(
                new ListenerSettings("worker", worker.host(), worker.port(), limits, Optional.empty()),
                gates.worker(),
                ticker);
        HttpListener inside = awaitPort(
                ListenerSettings.plain("internal", worker.httpHost(), worker.httpPort()), gates.internal(), ticker);
        return new Listeners(clients, inside, admin(config.admin(), gates.admin(), ticker));
    }

    private static ListenerLimits limits(Config.Limits limits) {
        return new ListenerLimits(
                limits.bodyBytes(),
                limits.bufferedBytes(),
                limits.headerTime(),
                limits.bodyIdle(),
                limits.clientIdle());
    }

    private static HttpListener awaitPort(ListenerSettings settings, RequestGate gate, Ticker ticker)
            throws InterruptedException {
        var pause = new CountDownLatch(1);
        while (true) {
            try {
                return HttpListener.start(settings, gate, ticker);
            } catch (UncheckedIOException taken) {
                LOG.log(
                        Level.WARNING,
                        () -> "cannot listen listener=%s host=%s port=%d cause=\"%s\" again_in=%ds"
                                .formatted(
                                        settings.name(),
                                        settings.host(),
                                        settings.port(),
                                        taken.getMessage(),
                                        TRY_AGAIN.toSeconds()));
                pause.await(TRY_AGAIN.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private static HttpListener admin(Config.Admin admin, RequestGate gate, Ticker ticker) {
        try {
            return HttpListener.start(ListenerSettings.plain("admin", admin.host(), admin.port()), gate, ticker);
        } catch (UncheckedIOException taken) {
            HttpListener free =
                    HttpListener.start(ListenerSettings.plain("admin", admin.host(), ANY_FREE_PORT), gate, ticker);
            LOG.log(
                    Level.WARNING,
                    () -> "admin port is taken port=%d instead=%d cause=\"%s\""
                            .formatted(admin.port(), free.port(), taken.getMessage()));
            return free;
        }
    }

    /// Every address in use, as lines for a person.
    List<String> urls(Config config) {
        return List.of(
                "worker         " + url(config.worker().host(), worker),
                "internal       " + url(config.worker().httpHost(), internal),
                "admin          " + url(config.admin().host(), admin));
    }

    // All interfaces have no address of their own; loopback is the one that works from here.
    private static String url(String host, HttpListener listener) {
        String shown = host.equals("::") || host.equals("0.0.0.0") ? "127.0.0.1" : host;
        return "http://%s:%d".formatted(shown.contains(":") ? "[" + shown + "]" : shown, listener.port());
    }

    @Override
    public void close() {
        worker.close(LAST_ANSWERS);
        internal.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }
}
