package dev.dray.adapter.httpserver;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/// The one protocol a listener knows as far as Helidon is concerned; which it really is, [TappedConnection] finds out.
///
/// @param http1  Helidon's own selector for HTTP/1.1
/// @param http2  and for HTTP/2
/// @param limits what clients may ask
/// @param sweep  the watch over all connections
/// @param router the way to the gate
record TappedSelector(
        ServerConnectionSelector http1,
        ServerConnectionSelector http2,
        ListenerLimits limits,
        ConnectionSweep sweep,
        Router router)
        implements ServerConnectionSelector {
    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of("h2", "http/1.1");
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new TappedConnection(context, this);
    }
}
