package dev.dray.adapter.httpserver;

import java.util.Objects;
import java.util.Optional;

/// One listener.
///
/// @param name   for logs and thread names, for example `worker` or `admin`
/// @param host   address to bind; `::` and `0.0.0.0` are all interfaces
/// @param port   0 takes any free one
/// @param limits what clients may ask
/// @param tls    present: the listener speaks TLS 1.2 and newer only
public record ListenerSettings(String name, String host, int port, ListenerLimits limits, Optional<TlsFiles> tls) {
    public ListenerSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(host, "host");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "port of listener '" + name + "' is " + port + "; allowed are 0 to 65535");
        }
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(tls, "tls");
    }

    /// A plain listener with the standard limits.
    public static ListenerSettings plain(String name, String host, int port) {
        return new ListenerSettings(name, host, port, ListenerLimits.standard(), Optional.empty());
    }
}
