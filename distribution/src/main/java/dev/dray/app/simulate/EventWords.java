package dev.dray.app.simulate;

import dev.dray.model.Readiness;
import dev.dray.port.outbound.WorkerEvent;

/// The worker's events in a few words: the same in every run of a seed.
final class EventWords {
    private EventWords() {}

    static String of(Object what) {
        return what instanceof WorkerEvent event ? of(event) : what.toString();
    }

    private static String of(WorkerEvent event) {
        return switch (event) {
            case WorkerEvent.ReadinessChanged(Readiness from, Readiness to) ->
                "readiness %s -> %s %s".formatted(from.state(), to.state(), to.reason());
            case WorkerEvent.ModelServersChanged one ->
                "model server %d %s, %d of %d serve"
                        .formatted(one.server(), one.now().state(), one.serving(), one.of());
            case WorkerEvent.RequestAdmitted one ->
                "admitted to %s, %s units%s".formatted(one.route(), one.units(), one.queued() ? ", queued" : "");
            case WorkerEvent.RequestStarted one -> "started at " + one.route();
            case WorkerEvent.RequestEnded(var one) ->
                "ended %s, status %d %s".formatted(one.outcome(), one.status(), one.reason());
            case WorkerEvent.SessionOpened one ->
                "session opened, %s units".formatted(one.session().order().units());
            case WorkerEvent.SessionClosed one ->
                "session closed: %s; callback %s".formatted(one.reason(), one.callback());
            case WorkerEvent.BenchmarkProgress one ->
                "benchmark round %d of %d".formatted(one.round(), one.maxRounds());
            case WorkerEvent.BenchmarkEnded one ->
                "benchmark ended: %s units/s%s"
                        .formatted(one.result().unitsPerSecond(), one.cached() ? ", known from before" : "");
            case WorkerEvent.ModelLogNoted one -> "log noted: " + one.line();
            case WorkerEvent.PluginWrittenOff one ->
                "plugin call %d of %s for %s written off".formatted(one.number(), one.method(), one.route());
        };
    }
}
