package dev.dray.domain.worker;

import dev.dray.domain.admission.Decision;
import dev.dray.model.ErrorSource;
import dev.dray.model.Readiness;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.Refusal.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Words for everything the worker answers itself.
final class Refusals {
    // How long loading takes nobody knows beforehand; minutes are usual, so asking more often only costs.
    private static final Duration LOADING_PAUSE = Duration.ofSeconds(5);

    // Another worker can take it now; the header knows no less than this.
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    // The circuit breaker lets a request try again after this long.
    private static final Duration BREAKER_PAUSE = Duration.ofSeconds(1);

    private Refusals() {}

    static Refusal unverified() {
        return Refusal.of(
                Kind.UNVERIFIED,
                ErrorSource.CLIENT,
                "the signature does not match the request; send 'auth_data' exactly as the platform signed it");
    }

    static Refusal keyMissing() {
        return Refusal.of(
                Kind.KEY_MISSING,
                ErrorSource.PLATFORM,
                "the platform's public key is not there yet, so no signature can be checked; try again");
    }

    static Refusal notReady(Readiness readiness) {
        String why = readiness.reason().isEmpty() ? "" : " (" + readiness.reason() + ")";
        return Refusal.of(
                        Kind.NOT_READY,
                        ErrorSource.WORKER,
                        "the worker is " + readiness.state() + why + " and serves once it is READY; try again in "
                                + LOADING_PAUSE.toSeconds() + " s, or another worker")
                .retryAfter(LOADING_PAUSE);
    }

    static Refusal draining() {
        return Refusal.of(
                        Kind.DRAINING,
                        ErrorSource.WORKER,
                        "the worker is shutting down; send the request to another worker")
                .retryAfter(AT_ONCE);
    }

    static Refusal invalidPayload(Map<String, String> fields) {
        String message = "the payload has mistakes in " + String.join(", ", fields.keySet()) + "; correct and resend";
        return new Refusal(Kind.INVALID_PAYLOAD, ErrorSource.CLIENT, message, fields, Optional.empty());
    }

    /// @param maxRequests as many as there are, most of them held
    static Refusal tooManyHeld(int maxRequests) {
        return Refusal.of(
                        Kind.TOO_MANY_REQUESTS,
                        ErrorSource.WORKER,
                        "the worker holds " + maxRequests
                                + " requests until it is READY, as many as it may; try again in "
                                + LOADING_PAUSE.toSeconds() + " s, or another worker")
                .retryAfter(LOADING_PAUSE);
    }

    /// @param maxRequests as many as run on open paths
    static Refusal tooManyOpen(int maxRequests) {
        return Refusal.of(
                        Kind.TOO_MANY_REQUESTS,
                        ErrorSource.WORKER,
                        "the worker passes " + maxRequests + " such requests on, as many as it may; try again in "
                                + AT_ONCE.toSeconds() + " s")
                .retryAfter(AT_ONCE);
    }

    /// @param objection what stands against the callback's target
    static Refusal forbiddenCallback(String objection) {
        return invalidPayload(Map.of("on_close_route", objection));
    }

    /// @param untilNext until a session expires, as things stand
    static Refusal sessionsFull(Duration untilNext) {
        Duration wholeSeconds =
                Duration.ofSeconds(Math.clamp(untilNext.plusNanos(999_999_999).toSeconds(), 1, 60));
        return Refusal.of(
                        Kind.SESSIONS_FULL,
                        ErrorSource.WORKER,
                        "as many sessions are open as may be; end one, or try again in " + wholeSeconds.toSeconds()
                                + " s")
                .retryAfter(wholeSeconds);
    }

    static Refusal unknownSession() {
        return Refusal.of(
                Kind.UNKNOWN_SESSION,
                ErrorSource.CLIENT,
                "the worker knows no session of this id; create one or leave 'session_id' out");
    }

    /// Names the fault's class and place but not its message, which may quote a payload.
    static Refusal pluginFault(String backendId, String call, RoutePlan route, Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        return Refusal.of(
                Kind.PLUGIN_FAULT,
                ErrorSource.PLUGIN,
                "plugin '%s' failed in %s for %s: %s%s; a plugin must not throw, report it to its author"
                        .formatted(
                                backendId, call, route.path(), fault.getClass().getName(), place));
    }

    /// The thread that asked the plugin is not waited for any more.
    static Refusal pluginOvertime(String backendId, String call, RoutePlan route, Duration limit) {
        return Refusal.of(
                Kind.PLUGIN_FAULT,
                ErrorSource.PLUGIN,
                "plugin '%s' did not return from %s for %s within %s ms; a plugin must not wait, report it to its author"
                        .formatted(backendId, call, route.path(), limit.toMillis()));
    }

    static Refusal workerFault(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        return Refusal.of(
                Kind.WORKER_FAULT,
                ErrorSource.WORKER,
                "the worker failed with " + fault.getClass().getName() + place + "; this is a bug, report it");
    }

    static Refusal shed(Decision.Shed shed, RoutePlan route) {
        Refusal refusal = switch (shed) {
            case Decision.WaitTooLong(double wait, double limit, Duration _) ->
                Refusal.of(
                        Kind.WAIT_TOO_LONG,
                        ErrorSource.WORKER,
                        "the estimated wait for " + route.path() + " is " + seconds(wait) + ", at most "
                                + seconds(limit) + " are allowed" + comeAgain(shed));
            case Decision.QueueFull(int limit, Duration _) ->
                Refusal.of(
                        Kind.QUEUE_FULL,
                        ErrorSource.WORKER,
                        "the queue is full with " + limit + " requests" + comeAgain(shed));
            case Decision.TooManyRequests(int limit, Duration _) ->
                Refusal.of(
                        Kind.TOO_MANY_REQUESTS,
                        ErrorSource.WORKER,
                        "the worker holds " + limit + " requests, as many as it may" + comeAgain(shed));
        };
        return refusal.retryAfter(shed.retryAfter());
    }

    static Refusal expelled(RoutePlan route, Duration retryAfter) {
        String limit = route.queueTimeOut().map(Duration::toMillis).orElse(0L) / 1000.0 + " s";
        return Refusal.of(
                        Kind.EXPELLED,
                        ErrorSource.WORKER,
                        "the request waited longer than the queue time-out of " + route.path() + " (" + limit
                                + "); try again in " + retryAfter.toSeconds() + " s")
                .retryAfter(retryAfter);
    }

    static Refusal modelFailure(ModelFailure failure) {
        Kind kind = switch (failure.kind()) {
            case PLUGIN_FAULT -> Kind.PLUGIN_FAULT;
            case CONNECT_TIME_OUT, FIRST_BYTE_TIME_OUT, IDLE_TIME_OUT, TOTAL_TIME_OUT -> Kind.MODEL_TIME_OUT;
            case BREAKER_OPEN -> Kind.MODEL_UNAVAILABLE;
            case REFUSED, RESET, GARBAGE, REDIRECT, ABORTED, CLIENT_GONE -> Kind.MODEL_FAILED;
        };
        ErrorSource source = kind == Kind.PLUGIN_FAULT ? ErrorSource.PLUGIN : ErrorSource.MODEL;
        Refusal refusal = Refusal.of(kind, source, failure.message());
        return kind == Kind.MODEL_UNAVAILABLE ? refusal.retryAfter(BREAKER_PAUSE) : refusal;
    }

    private static String comeAgain(Decision.Shed shed) {
        return "; try again in " + shed.retryAfter().toSeconds() + " s";
    }

    private static String seconds(double value) {
        // Not String.format: shedding happens when there is no time.
        return Double.isInfinite(value) ? "unknown" : Math.round(value * 10) / 10.0 + " s";
    }
}
