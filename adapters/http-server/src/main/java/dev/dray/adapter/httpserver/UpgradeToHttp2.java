package dev.dray.adapter.httpserver;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Turns a clear-text HTTP/1.1 connection into one of HTTP/2 (RFC 7540 §3.2), with a tap of its kind.
///
/// Helidon asks only for requests without a body; one with a body is answered in HTTP/1.1, as the RFC allows.
///
/// @param helidon Helidon's own upgrade
/// @param limits  what clients may ask
/// @param sweep   the watch over all connections
/// @param router  the way to the gate
record UpgradeToHttp2(Http1Upgrader helidon, ListenerLimits limits, ConnectionSweep sweep, Router router)
        implements Http1Upgrader {
    @Override
    public String supportedProtocol() {
        return helidon.supportedProtocol();
    }

    @Override
    public @Nullable ServerConnection upgrade(
            ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
        if (context.isSecure() || !headers.contains(HeaderNames.create("HTTP2-Settings"))) {
            return null;
        }
        var http1 = (TappedContext) context;
        var tap = new Http2Tap(http1.original(), unread(http1.dataReader()), limits, sweep);
        try {
            ServerConnection upgraded = helidon.upgrade(tap.context(http1.original(), router), prologue, headers);
            ((Http1Tap) http1.connection()).over();
            return new Upgraded(upgraded, tap, sweep);
        } catch (IllegalArgumentException e) {
            // Settings that are no base64: the request is a good one of HTTP/1.1 all the same.
            return null;
        }
    }

    /// What the client has sent behind its request already.
    private static byte @Nullable [] unread(DataReader reader) {
        int available = reader.available();
        return available == 0 ? null : reader.readBytes(available);
    }

    /// The connection from here on.
    private record Upgraded(ServerConnection helidon, Http2Tap tap, ConnectionSweep sweep) implements ServerConnection {
        @Override
        public void handle(Limit limit) throws InterruptedException {
            sweep.add(tap);
            try {
                helidon.handle(limit);
            } finally {
                tap.lost();
                sweep.remove(tap);
            }
        }

        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            helidon.close(interrupt);
        }
    }
}
