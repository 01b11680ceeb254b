package dev.dray.adapter.modelclient;

import dev.dray.model.HeaderField;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// What one client to one model server can be told. Time-outs of requests come with each request.
///
/// @param url            scheme, host, port and an optional path that every route is put behind
/// @param version        of dray, for `User-Agent: dray/<version>`
/// @param keepAlive      an idle connection older than this is not used again; zero: each request has its own.
///                       Default 2 s, less than the 5 s after which uvicorn closes
/// @param maxConnections most connections at a time, 1 or more; requests beyond it wait. Default: no limit
/// @param headers        fixed fields added to each request, such as the model server's own API key; one of these
///                       replaces a forwarded field of the same name
/// @param forwardHeaders names of client fields that go on beside the built-in ones, lower-case
/// @param health         path on the model server, or absolute URL, that answers 200 when all is well; empty: no
///                       probes
/// @param healthTimeOut  for one probe as a whole. Default 5 s
public record ModelClientSettings(
        URI url,
        String version,
        Duration keepAlive,
        OptionalInt maxConnections,
        List<HeaderField> headers,
        Set<String> forwardHeaders,
        Optional<String> health,
        Duration healthTimeOut) {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);
    private static final Duration HEALTH_TIME_OUT = Duration.ofSeconds(5);

    /// Checks and copies.
    ///
    /// @throws IllegalArgumentException if the URL cannot be connected to, a limit is below its least value, or a
    ///     header is one that only dray may set
    public ModelClientSettings {
        Origin.of(url);
        Objects.requireNonNull(version, "version");
        if (keepAlive.isNegative()) {
            throw new IllegalArgumentException(
                    "'model.keep-alive' is " + keepAlive + "; expected zero or more; use 0 to never keep a connection");
        }
        if (maxConnections.isPresent() && maxConnections.getAsInt() < 1) {
            throw new IllegalArgumentException("'limits.model-connections' is " + maxConnections.getAsInt()
                    + "; expected 1 or more; leave it out for no limit");
        }
        headers = List.copyOf(headers);
        headers.forEach(ForwardedHeaders::requireSettable);
        forwardHeaders = forwardHeaders.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        forwardHeaders.forEach(ForwardedHeaders::requireForwardable);
    }

    /// Defaults for a model server.
    public static ModelClientSettings of(URI url, String version) {
        return new ModelClientSettings(
                url, version, KEEP_ALIVE, OptionalInt.empty(), List.of(), Set.of(), Optional.empty(), HEALTH_TIME_OUT);
    }

    /// With another life of idle connections.
    public ModelClientSettings withKeepAlive(Duration newKeepAlive) {
        return new ModelClientSettings(
                url, version, newKeepAlive, maxConnections, headers, forwardHeaders, health, healthTimeOut);
    }

    /// With a limit on connections, 1 or more.
    public ModelClientSettings withMaxConnections(int newMaxConnections) {
        return new ModelClientSettings(
                url,
                version,
                keepAlive,
                OptionalInt.of(newMaxConnections),
                headers,
                forwardHeaders,
                health,
                healthTimeOut);
    }

    /// With these fixed fields on every request.
    public ModelClientSettings withHeaders(List<HeaderField> newHeaders) {
        return new ModelClientSettings(
                url, version, keepAlive, maxConnections, newHeaders, forwardHeaders, health, healthTimeOut);
    }

    /// With these names forwarded beside the built-in ones.
    public ModelClientSettings withForwardHeaders(Set<String> newForwardHeaders) {
        return new ModelClientSettings(
                url, version, keepAlive, maxConnections, headers, newForwardHeaders, health, healthTimeOut);
    }

    /// With a health path or absolute URL, and the time one probe may take.
    public ModelClientSettings withHealth(String newHealth, Duration newHealthTimeOut) {
        return new ModelClientSettings(
                url,
                version,
                keepAlive,
                maxConnections,
                headers,
                forwardHeaders,
                Optional.of(newHealth),
                newHealthTimeOut);
    }
}
