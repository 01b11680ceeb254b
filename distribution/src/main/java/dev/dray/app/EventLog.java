package dev.dray.app;

import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvents;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes what happens in the worker to the log: the life cycle at INFO, each request at DEBUG. Ids,
/// sizes and timings only.
final class EventLog implements WorkerEvents {
    private static final System.Logger LOG = System.getLogger("dev.dray.worker");

    // The plugin's own part of a stack, and who called it.
    private static final int MOST_FRAMES = 24;

    @Override
    public void accept(WorkerEvent event) {
        switch (event) {
            case WorkerEvent.ReadinessChanged changed ->
                LOG.log(
                        changed.to().isFaulty() ? Level.WARNING : Level.INFO,
                        () -> "readiness from=%s to=%s%s"
                                .formatted(
                                        word(changed.from().state()),
                                        word(changed.to().state()),
                                        reason(changed.to().reason())));
            case WorkerEvent.ModelServersChanged changed ->
                LOG.log(
                        changed.now().isFaulty() ? Level.WARNING : Level.INFO,
                        () -> "model server server=%d state=%s serving=%d of=%d%s"
                                .formatted(
                                        changed.server(),
                                        word(changed.now().state()),
                                        changed.serving(),
                                        changed.of(),
                                        reason(changed.now().reason())));
            case WorkerEvent.BenchmarkProgress progress -> LOG.log(Level.INFO, () -> describe(progress));
            case WorkerEvent.BenchmarkEnded ended ->
                LOG.log(
                        Level.INFO,
                        () -> "benchmark ended units_per_second=%.1f spread=%.3f rounds=%d cached=%s"
                                .formatted(
                                        ended.result().unitsPerSecond(),
                                        ended.result().spread(),
                                        ended.result().roundsPerSecond().size(),
                                        ended.cached()));
            case WorkerEvent.ModelLogNoted noted ->
                LOG.log(Level.INFO, () -> "model log marker=\"%s\"".formatted(noted.marker()));
            case WorkerEvent.RequestEnded ended -> LOG.log(Level.DEBUG, () -> describe(ended.request()));
            case WorkerEvent.RequestAdmitted admitted ->
                LOG.log(
                        Level.TRACE,
                        () -> "request admitted id=%s queued=%s".formatted(admitted.id(), admitted.queued()));
            case WorkerEvent.SessionOpened opened ->
                LOG.log(Level.DEBUG, () -> "session opened request=%s".formatted(opened.id()));
            case WorkerEvent.SessionClosed closed ->
                LOG.log(
                        Level.DEBUG,
                        () -> "session closed request=%s reason=%s callback=\"%s\""
                                .formatted(closed.id(), closed.reason(), closed.callback()));
            case WorkerEvent.PluginWrittenOff lost -> LOG.log(Level.ERROR, () -> describe(lost));
            case WorkerEvent.RequestStarted started ->
                LOG.log(Level.TRACE, () -> "request started id=%s".formatted(started.id()));
        }
    }

    private static String describe(WorkerEvent.BenchmarkProgress progress) {
        String phase = progress.round() == 0
                ? "warm-up"
                : "round=%d of at most %d".formatted(progress.round(), progress.maxRounds());
        return "benchmark " + phase
                + progress.unitsPerSecond()
                        .map(" units_per_second=%.1f"::formatted)
                        .orElse("");
    }

    private static String describe(WorkerEvent.PluginWrittenOff lost) {
        return "plugin call written off plugin=%s method=%s route=%s number=%d%s stack=\"%s\""
                .formatted(
                        lost.plugin(),
                        lost.method(),
                        lost.route(),
                        lost.number(),
                        lost.last() ? " consequence=\"the worker ends\"" : "",
                        lost.stack().stream()
                                .limit(MOST_FRAMES)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining(" < ")));
    }

    private static String describe(RequestRecord request) {
        return "request ended id=%s route=%s outcome=%s status=%d units=%.1f seconds=%.4f%s"
                .formatted(
                        request.id(),
                        request.route(),
                        request.outcome().word(),
                        request.status(),
                        request.units(),
                        (request.endedNanos() - request.arrivedNanos()) / 1e9,
                        reason(request.reason()));
    }

    private static String reason(String reason) {
        return reason.isEmpty() ? "" : " reason=\"" + reason + "\"";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
