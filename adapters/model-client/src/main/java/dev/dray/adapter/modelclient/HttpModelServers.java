package dev.dray.adapter.modelclient;

import dev.dray.port.exchange.Exchange;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelHealth;
import dev.dray.port.outbound.ModelServer;
import dev.dray.port.outbound.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// The model servers of one worker, one or more: each call goes to the one it names. Each has connections,
/// circuit breaker and health of its own.
///
/// Everything here may be called by any thread.
public final class HttpModelServers implements ModelServer, ModelHealth, AutoCloseable {
    private final HttpModelServer[] servers;

    /// @param settings of each, in the order of the worker's plan; one or more
    public HttpModelServers(List<ModelClientSettings> settings, Ticker ticker) {
        if (settings.isEmpty()) {
            throw new IllegalArgumentException("no model server is named; expected the settings of one or more");
        }
        servers =
                settings.stream().map(each -> new HttpModelServer(each, ticker)).toArray(HttpModelServer[]::new);
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        servers[call.server()].start(call, exchange);
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        servers[call.server()].launch(call, exchange);
    }

    @Override
    public void probe(int server, Consumer<Probe> done) {
        servers[server].probe(server, done);
    }

    /// A question to one of the servers carries the fixed headers of that one.
    @Override
    public void ask(String url, Duration timeOut, Consumer<Probe> done) {
        var where = URI.create(url);
        HttpModelServer asked = servers[0];
        for (HttpModelServer server : servers) {
            if (server.isAt(where)) {
                asked = server;
                break;
            }
        }
        asked.ask(url, timeOut, done);
    }

    /// How many there are.
    public int count() {
        return servers.length;
    }

    /// Whether new connections to one of them are tried.
    public BreakerState breakerState(int server) {
        return servers[server].breakerState();
    }

    /// Connections to one of them at this moment.
    public ConnectionCounts connections(int server) {
        return servers[server].connections();
    }

    /// Aborts what is in flight and closes all connections. May be called again.
    @Override
    public void close() {
        for (HttpModelServer server : servers) {
            server.close();
        }
    }
}
