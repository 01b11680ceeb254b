package dev.dray.adapter.modelclient;

import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Says what went wrong with a request: what, where, what to do next.
final class FailureText {
    private final Origin origin;

    FailureText(Origin origin) {
        this.origin = origin;
    }

    /// The failure behind an exception. Closing a connection to cut a flight breaks it too: then the cut
    /// is the reason.
    ModelFailure of(IOException broken, @Nullable Kind cutBy, TimeOuts limits) {
        Kind kind = cutBy != null ? cutBy : broken instanceof CallException known ? known.kind() : Kind.RESET;
        return new ModelFailure(kind, text(kind, detail(broken), limits));
    }

    /// Why a probe got no answer.
    ///
    /// @param hint what to do where it took too long
    String ofProbe(IOException broken, @Nullable Kind cutBy, TimeOuts limits, String hint) {
        return cutBy == Kind.TOTAL_TIME_OUT || cutBy == Kind.CONNECT_TIME_OUT
                ? origin + " gave a probe no answer within " + seconds(limits.total()) + "; " + hint
                : of(broken, cutBy, limits).message();
    }

    /// What an exception says, in printable letters.
    static String detail(IOException broken) {
        String message = broken.getMessage();
        return message == null ? broken.getClass().getSimpleName() : HeadWriter.printable(message);
    }

    private String text(Kind kind, String detail, TimeOuts limits) {
        return switch (kind) {
            case REFUSED ->
                "no connection to model server " + origin + ": " + detail
                        + "; see whether it runs and listens there, or correct 'model.url'";
            case CONNECT_TIME_OUT ->
                "model server " + origin + " took no connection within " + seconds(limits.connect())
                        + "; see whether it hangs, or raise 'time-outs.connect'";
            case FIRST_BYTE_TIME_OUT ->
                "model server " + origin + " sent no answer within " + seconds(limits.firstByte())
                        + "; see whether it hangs, or raise 'time-outs.first-byte'";
            case IDLE_TIME_OUT ->
                "model server " + origin + " stood still for " + seconds(limits.idle())
                        + "; see whether it hangs, or raise 'time-outs.idle'";
            case TOTAL_TIME_OUT ->
                "model server " + origin + " did not finish within " + seconds(limits.total())
                        + "; ask for less, or raise 'time-outs.total'";
            case RESET -> "connection to model server " + origin + " broke: " + detail + "; see its log for a crash";
            case GARBAGE ->
                "model server " + origin + " sent an answer that is not HTTP/1.1: " + detail
                        + "; see whether 'model.url' names an HTTP server";
            case REDIRECT ->
                "redirect of model server " + origin + " cannot be followed: " + detail
                        + "; correct 'model.url' or the route";
            case BREAKER_OPEN ->
                "model server " + origin + " refused too many connections a moment ago; try again in a second";
            case PLUGIN_FAULT -> detail;
            case ABORTED -> "request to model server " + origin + " was aborted";
            case CLIENT_GONE -> "client hung up while the answer of model server " + origin + " was being written";
        };
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1_000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
