package dev.dray.app.demo;

import dev.dray.adapter.controlplanevast.VastSigner;
import dev.dray.adapter.httpserver.HttpListener;
import dev.dray.adapter.httpserver.ListenerSettings;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.Timers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Starts the demo's servers on loopback.
///
/// @param ticker monotonic time
/// @param clock  wall-clock time, for log lines
/// @param timers runs the load marker when its time has come
public record DemoServers(Ticker ticker, InstantSource clock, Timers timers) {
    private static final String LOOPBACK = "127.0.0.1";

    /// Starts a model server that begins to load at once.
    ///
    /// @param port    0 takes any free one
    /// @param logFile begun anew
    /// @param crash   ends the process when the script says so; given the reason
    public HttpListener modelServer(int port, Path logFile, ModelServerScript script, Consumer<String> crash)
            throws IOException {
        var log = new ModelLogFile(logFile, clock);
        var server = new DemoModelServer(script, log, ticker, crash);
        HttpListener listener = HttpListener.start(ListenerSettings.plain("model", LOOPBACK, port), server, ticker);
        log.info("Listening on http://%s:%d".formatted(LOOPBACK, listener.port()));
        log.info("Loading model weights: %.1f s".formatted(script.loadTime().toMillis() / 1e3));
        timers.after(script.loadTime(), server::loaded);
        return listener;
    }

    /// Starts a control plane with a key of its own.
    ///
    /// @param port    0 takes any free one
    /// @param journal takes one line for every change worth reading
    public HttpListener controlPlane(int port, Consumer<String> journal) {
        var plane = new LocalControlPlane(VastSigner.generate(), new ReportedWorkers(clock), journal);
        return HttpListener.start(ListenerSettings.plain("control-plane", LOOPBACK, port), plane, ticker);
    }
}
