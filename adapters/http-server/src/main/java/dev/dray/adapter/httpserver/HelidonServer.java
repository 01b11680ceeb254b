package dev.dray.adapter.httpserver;

import dev.dray.port.exchange.Reply;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpLogConfig;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.http2.Http2Upgrader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// How Helidon is set up: one listener, one selector, nothing found by searching the class path, no shutdown hook.
final class HelidonServer {
    /// Helidon's own grace when it stops; ours is given to [HttpListener#close(Duration)].
    private static final Duration FOREVER = Duration.ofDays(1);

    private static final int MAX_STREAMS = 1_000;
    private static final int MAX_HEADERS = 16 * 1024;

    private HelidonServer() {}

    static WebServer of(
            ListenerSettings settings,
            GateRouting routing,
            ConnectionSweep sweep,
            Optional<CertificateWatch> certificate) {
        WebServerConfig.Builder server = WebServer.builder()
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .bindAddress(address(settings))
                .shutdownGracePeriod(FOREVER)
                .connectionOptions(sweep.accepted())
                // A channel would copy each write through a buffer of 8 KB and hold two of them per connection.
                .useNio(false)
                // Helidon would refuse what it cannot decode, and inflate without a bound.
                .contentEncoding(new Undecoded())
                .directHandlers(badRequests())
                .addConnectionSelector(selector(settings.limits(), routing, sweep));
        certificate.ifPresent(watch -> server.tls(Tls.builder()
                .sslContext(WatchedTls.watch(watch::current, sweep::handshakeBegan))
                .build()));
        return server.build();
    }

    static InetSocketAddress address(ListenerSettings settings) {
        return new InetSocketAddress(settings.host(), settings.port());
    }

    private static TappedSelector selector(ListenerLimits limits, GateRouting routing, ConnectionSweep sweep) {
        // Helidon's own log would show headers and bodies.
        var silent = HttpLogConfig.builder().receiveLog(false).sendLog(false).build();
        var router = new GateRouter(routing);
        Http2Config config = http2(limits, silent);
        var http1 = Http1ConnectionSelector.builder()
                .config(Http1Config.builder().log(silent).build())
                .addUpgrader(new UpgradeToHttp2(Http2Upgrader.create(config), limits, sweep, router))
                .build();
        var http2 = Http2ConnectionSelector.builder().http2Config(config).build();
        return new TappedSelector(http1, http2, limits, sweep, router);
    }

    /// Written out although most are Helidon's own: what protects us is not to change with a newer version.
    private static Http2Config http2(ListenerLimits limits, HttpLogConfig log) {
        return Http2Config.builder()
                .log(log)
                .flowControlTimeout(limits.clientIdle())
                .maxConcurrentStreams(MAX_STREAMS)
                // CVE-2023-44487: more resets than these in that time end the connection.
                .maxRapidResets(100)
                .rapidResetCheckPeriod(Duration.ofSeconds(10))
                // CVE-2019-9518: as many frames without content in a row.
                .maxEmptyFrames(10)
                // CONTINUATION frames are read up to this, all together.
                .maxHeaderListSize(MAX_HEADERS)
                .build();
    }

    /// What Helidon refuses by itself: heads that are no HTTP, or too long.
    private static DirectHandlers badRequests() {
        DirectHandler handler = (request, type, status, headers, message) -> {
            Reply reply = status.code() == Status.INTERNAL_SERVER_ERROR_500.code()
                    ? ErrorReply.fault()
                    : ErrorReply.badRequest(status.code());
            var response = DirectHandler.TransportResponse.builder()
                    .status(status)
                    .headers(headers)
                    .keepAlive(false)
                    .entity(reply.body().toByteArray());
            reply.headers().forEach(field -> headers.set(HeaderNames.create(field.name()), field.value()));
            return response.build();
        };
        var handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }
}
