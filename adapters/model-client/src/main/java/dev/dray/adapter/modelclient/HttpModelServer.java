package dev.dray.adapter.modelclient;

import dev.dray.model.RequestId;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelHealth;
import dev.dray.port.outbound.ModelServer;
import dev.dray.port.outbound.Ticker;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// A model server spoken to in HTTP/1.1 over pooled connections.
///
/// [#start] works on the calling thread from the first byte to the last: no hand-off, no lock held
/// while a socket
/// is touched. Everything here may be called by any thread.
public final class HttpModelServer implements ModelServer, ModelHealth, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpModelServer.class.getName());

    private final ModelClientSettings settings;
    private final Supplier<SSLSocketFactory> tls;
    private final Ticker ticker;
    private final Upstream upstream;
    private final @Nullable HealthProbe health;
    private final DeadlineSweep sweep;

    /// A client with the TLS trust of the JDK.
    public HttpModelServer(ModelClientSettings settings, Ticker ticker) {
        this(settings, ticker, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    HttpModelServer(ModelClientSettings settings, Ticker ticker, Supplier<SSLSocketFactory> tls) {
        this.settings = settings;
        this.tls = tls;
        this.ticker = ticker;
        Origin origin = Origin.of(settings.url());
        upstream = new Upstream(
                origin,
                new ConnectionPool(
                        ticker, TimeUnit.NANOSECONDS.convert(settings.keepAlive()), settings.maxConnections()),
                new Connector(origin, tls),
                new RefusalBreaker(origin.toString(), ticker),
                sender(origin, settings),
                new Redirects(origin),
                new FailureText(origin),
                new StreamLoop());
        health = settings.health()
                .map(where -> probe(where, settings.healthTimeOut(), HealthProbe.Good.EXACTLY_200))
                .orElse(null);
        sweep = new DeadlineSweep(ticker, upstream.pool()::evict);
        sweep.start();
    }

    private static RequestSender sender(Origin origin, ModelClientSettings settings) {
        return new RequestSender(
                origin, settings.version(), settings.headers(), new ForwardedHeaders(settings.forwardHeaders()));
    }

    private HealthProbe probe(String where, Duration timeOut, HealthProbe.Good good) {
        if (where.startsWith("/")) {
            var question = new HealthProbe.Question(upstream.origin().path() + where, timeOut, good);
            return new HealthProbe(upstream.connector(), upstream.sender(), upstream.failures(), question);
        }
        URI url = URI.create(where);
        Origin origin = Origin.of(url);
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        // Another server must not see the model server's own key.
        RequestSender sender = origin.sameAs(upstream.origin())
                ? upstream.sender()
                : new RequestSender(
                        origin, settings.version(), List.of(), new ForwardedHeaders(settings.forwardHeaders()));
        return new HealthProbe(
                new Connector(origin, tls),
                sender,
                new FailureText(origin),
                new HealthProbe.Question(target, timeOut, good));
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        Flight flight = new Flight(ticker, call.timeOuts(), upstream.pool()::wake);
        exchange.begun(flight);
        ModelFailure failure = relay(call, exchange, flight);
        if (failure == null) {
            exchange.ended();
        } else {
            exchange.failed(failure);
        }
    }

    private @Nullable ModelFailure relay(ModelCall call, Exchange exchange, Flight flight) {
        sweep.add(flight);
        try {
            new Relay(upstream, call, exchange, flight).run();
            return null;
        } catch (ClientGoneException gone) {
            return new ModelFailure(Kind.CLIENT_GONE, String.valueOf(gone.getMessage()));
        } catch (IOException broken) {
            return upstream.failures().of(broken, flight.cutBy(), call.timeOuts());
        } catch (RuntimeException fault) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "model call failed by a fault of dray's own request={0} path={1}",
                    call.work().request().<Object>map(RequestId::number).orElse(""),
                    call.path(),
                    fault);
            return new ModelFailure(Kind.ABORTED, "fault in dray while relaying: " + fault + "; please report it");
        } finally {
            sweep.remove(flight);
        }
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        Thread.ofVirtual().name("dray-model-call").start(() -> start(call, exchange));
    }

    @Override
    public void probe(int server, Consumer<Probe> done) {
        Thread.ofVirtual().name("dray-model-health").start(() -> done.accept(probeNow()));
    }

    @Override
    public void ask(String url, Duration timeOut, Consumer<Probe> done) {
        HealthProbe question = probe(url, timeOut, HealthProbe.Good.ANY_2XX);
        Thread.ofVirtual().name("dray-model-question").start(() -> done.accept(fly(question)));
    }

    private Probe probeNow() {
        if (health == null) {
            return new Probe.Bad("there is no health route; set 'model.health'");
        }
        Probe result = fly(health);
        if (result instanceof Probe.Good) {
            upstream.breaker().healthy();
        }
        return result;
    }

    private Probe fly(HealthProbe health) {
        Flight flight = new Flight(ticker, health.limits(), () -> {});
        sweep.add(flight);
        try {
            return health.run(flight);
        } finally {
            sweep.remove(flight);
        }
    }

    /// Whether a URL leads to this very server.
    boolean isAt(String url) {
        return Origin.of(URI.create(url)).sameAs(upstream.origin());
    }

    /// Whether new connections are tried.
    public BreakerState breakerState() {
        return upstream.breaker().state();
    }

    /// Connections at this moment.
    public ConnectionCounts connections() {
        return upstream.pool().counts();
    }

    /// Aborts what is in flight and closes all connections. May be called again.
    @Override
    public void close() {
        sweep.close();
        upstream.streams().close();
        upstream.pool().close();
    }
}
