package dev.dray.app;

import dev.dray.adapter.httpserver.HttpListener;
import dev.dray.adapter.httpserver.ListenerLimits;
import dev.dray.adapter.httpserver.ListenerSettings;
import dev.dray.adapter.httpserver.TlsFiles;
import dev.dray.app.config.Config;
import dev.dray.app.plugin.ControlPort;
import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.Ticker;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The worker's listeners: for clients, for the model server's side, for the operator, and the plugin's
/// own.
///
/// @param worker   for clients
/// @param internal for the model server's side, on loopback
/// @param admin    for the operator
/// @param control  where programs on this machine talk to the plugin, if it wants that
record Listeners(HttpListener worker, HttpListener internal, HttpListener admin, Optional<HttpListener> control)
        implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());
    private static final int ANY_FREE_PORT = 0;
    private static final String LOOPBACK = "127.0.0.1";
    private static final long INTERNAL_BODY_BYTES = 1 << 20;
    private static final long ADMIN_BODY_BYTES = 64 << 10;

    // For answers whose last bytes are on their way to the client; a listener without open requests closes
    // at once.
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    /// What the listeners answer with.
    ///
    /// @param worker   requests of clients
    /// @param internal requests from the model server's side
    /// @param admin    probes and questions of the operator
    /// @param control  the plugin's port, if it wants one
    record Gates(RequestGate worker, RequestGate internal, RequestGate admin, Optional<ControlPort> control) {}

    /// Opens all. A taken port of the worker or of the plugin or a bad certificate is waited for; a
    /// taken admin port is
    /// replaced by a free one.
    ///
    /// @param trouble is told of each failure, and decides how long to wait
    /// @throws InterruptedException if the thread was interrupted while it waited for a port
    static Listeners open(Config config, Gates gates, Ticker ticker, StartTrouble trouble) throws InterruptedException {
        Config.Worker worker = config.worker();
        ListenerLimits limits = limits(config.limits());
        HttpListener clients = awaitPort(
                new ListenerSettings("worker", worker.host(), worker.port(), limits, tls(worker)),
                gates.worker(),
                ticker,
                trouble);
        HttpListener inside = awaitPort(internal(worker), gates.internal(), ticker, trouble);
        HttpListener operator = admin(config.admin(), gates.admin(), ticker);
        if (gates.control().isEmpty()) {
            return new Listeners(clients, inside, operator, Optional.empty());
        }
        ControlPort port = gates.control().get();
        HttpListener control = awaitPort(control(port), new ControlGate(port), ticker, trouble);
        return new Listeners(clients, inside, operator, Optional.of(control));
    }

    private static ListenerSettings control(ControlPort port) {
        ListenerLimits limits = ListenerLimits.standard().withBodyBytes(INTERNAL_BODY_BYTES);
        return new ListenerSettings("control", LOOPBACK, port.port(), limits, Optional.empty());
    }

    private static ListenerSettings internal(Config.Worker worker) {
        ListenerLimits limits = ListenerLimits.standard().withBodyBytes(INTERNAL_BODY_BYTES);
        return new ListenerSettings("internal", worker.httpHost(), worker.httpPort(), limits, Optional.empty());
    }

    private static ListenerLimits limits(Config.Limits limits) {
        return new ListenerLimits(
                limits.bodyBytes(),
                limits.bufferedBytes(),
                limits.headerTime(),
                limits.bodyIdle(),
                limits.clientIdle(),
                limits.clientLost(),
                limits.perClientConnections());
    }

    private static Optional<TlsFiles> tls(Config.Worker worker) {
        return worker.tls().map(files -> new TlsFiles(files.certificate(), files.key(), InstantSource.system()));
    }

    private static HttpListener awaitPort(
            ListenerSettings settings, RequestGate gate, Ticker ticker, StartTrouble trouble)
            throws InterruptedException {
        while (true) {
            try {
                return HttpListener.start(settings, gate, ticker);
            } catch (UncheckedIOException taken) {
                trouble.pause("%s listener at %s:%d: %s"
                        .formatted(settings.name(), settings.host(), settings.port(), taken.getMessage()));
            }
        }
    }

    private static HttpListener admin(Config.Admin admin, RequestGate gate, Ticker ticker) {
        try {
            return HttpListener.start(admin(admin, admin.port()), gate, ticker);
        } catch (UncheckedIOException taken) {
            HttpListener free = HttpListener.start(admin(admin, ANY_FREE_PORT), gate, ticker);
            LOG.log(
                    Level.WARNING,
                    "admin port is taken port={0} instead={1} cause={2}",
                    admin.port(),
                    free.port(),
                    taken.getMessage());
            return free;
        }
    }

    private static ListenerSettings admin(Config.Admin admin, int port) {
        ListenerLimits limits = ListenerLimits.standard().withBodyBytes(ADMIN_BODY_BYTES);
        return new ListenerSettings("admin", admin.host(), port, limits, Optional.empty());
    }

    /// Every address in use, as lines for a person.
    List<String> urls(Config config) {
        var lines = new ArrayList<String>(List.of(
                "worker         "
                        + url(
                                config.worker().tls().isPresent() ? "https" : "http",
                                config.worker().host(),
                                worker),
                "internal       " + url("http", config.worker().httpHost(), internal),
                "admin          " + url("http", config.admin().host(), admin)));
        control.ifPresent(open -> lines.add("control        " + url("http", LOOPBACK, open)));
        return List.copyOf(lines);
    }

    // All interfaces have no address of their own; loopback is the one that works from here.
    private static String url(String scheme, String host, HttpListener listener) {
        String shown = host.equals("::") || host.equals("0.0.0.0") ? "127.0.0.1" : host;
        return "%s://%s:%d".formatted(scheme, shown.contains(":") ? "[" + shown + "]" : shown, listener.port());
    }

    @Override
    public void close() {
        worker.close(LAST_ANSWERS);
        internal.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        control.ifPresent(open -> open.close(Duration.ZERO));
    }
}
