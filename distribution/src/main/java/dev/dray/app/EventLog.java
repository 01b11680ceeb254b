package dev.dray.app;

import dev.dray.model.Readiness;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvents;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes what happens in the worker to the log: the life cycle at INFO, each request at DEBUG, its steps at
/// TRACE. Ids, sizes and timings only. On a request's lines `request` is the worker's own number for it; its
/// last line has the names others know it by, too.
final class EventLog implements WorkerEvents {
    private static final System.Logger LOG = System.getLogger("dev.dray.worker");

    // The plugin's own part of a stack, and who called it.
    private static final int MOST_FRAMES = 24;

    @Override
    public void accept(WorkerEvent event) {
        switch (event) {
            case WorkerEvent.ReadinessChanged changed ->
                LOG.log(
                        levelOf(changed.to()),
                        "readiness from={0} to={1} reason={2}",
                        word(changed.from().state()),
                        word(changed.to().state()),
                        changed.to().reason());
            case WorkerEvent.ModelServersChanged changed ->
                LOG.log(
                        levelOf(changed.now()),
                        "model server server={0} state={1} serving={2} of={3} reason={4}",
                        changed.server(),
                        word(changed.now().state()),
                        changed.serving(),
                        changed.of(),
                        changed.now().reason());
            case WorkerEvent.BenchmarkProgress progress -> tell(progress);
            case WorkerEvent.BenchmarkEnded ended ->
                LOG.log(
                        Level.INFO,
                        "benchmark ended units_per_second={0} spread={1} rounds={2} cached={3}",
                        rounded(ended.result().unitsPerSecond(), 1),
                        rounded(ended.result().spread(), 3),
                        ended.result().roundsPerSecond().size(),
                        ended.cached());
            case WorkerEvent.ModelLogNoted noted -> LOG.log(Level.INFO, "model log marker={0}", noted.marker());
            case WorkerEvent.RequestEnded ended -> tell(ended.request());
            case WorkerEvent.RequestAdmitted admitted ->
                LOG.log(
                        Level.TRACE,
                        "request admitted request={0} route={1} queued={2}",
                        admitted.id().number(),
                        admitted.route(),
                        admitted.queued());
            case WorkerEvent.SessionOpened opened ->
                LOG.log(Level.DEBUG, "session opened request={0}", opened.id().number());
            case WorkerEvent.SessionClosed closed ->
                LOG.log(
                        Level.DEBUG,
                        "session closed request={0} reason={1} callback={2}",
                        closed.id().number(),
                        closed.reason(),
                        closed.callback());
            case WorkerEvent.PluginWrittenOff lost -> tell(lost);
            case WorkerEvent.RequestStarted started ->
                LOG.log(
                        Level.TRACE,
                        "request started request={0} route={1}",
                        started.id().number(),
                        started.route());
        }
    }

    private static void tell(WorkerEvent.BenchmarkProgress progress) {
        LOG.log(
                Level.INFO,
                progress.round() == 0
                        ? "benchmark warm-up round={0} max_rounds={1} units_per_second={2}"
                        : "benchmark round={0} max_rounds={1} units_per_second={2}",
                progress.round(),
                progress.maxRounds(),
                progress.unitsPerSecond().<Object>map(rate -> rounded(rate, 1)).orElse(""));
    }

    private static void tell(WorkerEvent.PluginWrittenOff lost) {
        LOG.log(
                Level.ERROR,
                "plugin call written off plugin={0} method={1} route={2} number={3} consequence={4} stack={5}",
                lost.plugin(),
                lost.method(),
                lost.route(),
                lost.number(),
                lost.last() ? "the worker ends" : "",
                lost.stack().stream()
                        .limit(MOST_FRAMES)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < ")));
    }

    private static void tell(RequestRecord request) {
        // Hundreds in a second: what nobody reads is not even put together.
        if (!LOG.isLoggable(Level.DEBUG)) {
            return;
        }
        LOG.log(
                Level.DEBUG,
                "request ended request={0} trace={1} x_request_id={2} route={3} outcome={4} status={5} units={6}"
                        + " seconds={7} reason={8}",
                request.id().number(),
                request.names().traceId(),
                request.names().requestId(),
                request.route(),
                request.outcome().word(),
                request.status(),
                rounded(request.units(), 1),
                rounded((request.endedNanos() - request.arrivedNanos()) / 1e9, 4),
                request.reason());
    }

    private static Level levelOf(Readiness readiness) {
        return readiness.isFaulty() ? Level.WARNING : Level.INFO;
    }

    // Not as text: a collector is to take it for a number.
    private static Object rounded(double value, int digits) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN)
                : String.valueOf(value);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
