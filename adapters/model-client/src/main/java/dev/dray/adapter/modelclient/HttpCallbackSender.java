package dev.dray.adapter.modelclient;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/// Posts callbacks in HTTP/1.1, each once, on a connection and on virtual threads of its own.
///
/// A target comes from a client, so it must not lead to where only this machine can go: each address is
/// checked ([AddressKind]), once before a session is created and again when connecting, and it is the
/// checked address that is connected to. A name that meanwhile points elsewhere gains nothing. Redirects
/// are answers like any other.
///
/// Everything here may be called by any thread.
public final class HttpCallbackSender implements CallbackSender, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK_UP_LIMIT = Duration.ofSeconds(5);

    /// The limit is kept from outside: it covers the look-up of the name too, which no closed
    /// connection ends.
    private static final TimeOuts UNTIMED = new TimeOuts(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private static final List<HeaderField> FIXED = List.of(new HeaderField("Connection", "close"));
    private static final System.Logger LOG = System.getLogger(HttpCallbackSender.class.getName());

    private final Set<Posting> underWay = ConcurrentHashMap.newKeySet();
    private final CallbackSettings settings;
    private final List<Origin> models;
    private final PatientHostNames names;
    private final AllowedHosts allowed;
    private final Supplier<SSLSocketFactory> tls;
    private final Duration limit;
    private volatile boolean closed;

    /// A sender with the names of this machine and the TLS trust of the JDK.
    public HttpCallbackSender(CallbackSettings settings) {
        this(settings, HostNames.OF_MACHINE, () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), LIMIT);
    }

    /// @param limit for one callback in total
    HttpCallbackSender(CallbackSettings settings, HostNames names, Supplier<SSLSocketFactory> tls, Duration limit) {
        this.settings = settings;
        this.models = settings.modelUrls().stream().map(Origin::of).toList();
        this.names = new PatientHostNames(names, LOOK_UP_LIMIT);
        this.allowed = new AllowedHosts(this.names, settings.allowPrivate());
        this.tls = tls;
        this.limit = limit;
    }

    @Override
    public Optional<String> objection(String target) {
        try {
            CallbackTarget parsed = CallbackTarget.parse(target, models, 0);
            if (!parsed.ofModelServer()) {
                allowed.addresses(parsed.origin().host());
            }
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(FailureText.detail(refused));
        }
    }

    @Override
    public void send(int server, Callback callback, Consumer<Delivery> done) {
        Posting posting = new Posting(callback);
        underWay.add(posting);
        if (closed) {
            posting.stop();
        }
        Thread.ofVirtual().name("dray-callback").start(() -> deliver(server, posting, done));
    }

    private void deliver(int server, Posting posting, Consumer<Delivery> done) {
        posting.result.completeOnTimeout(late(posting.callback), limit.toNanos(), TimeUnit.NANOSECONDS);
        Thread.ofVirtual()
                .name("dray-callback-post")
                .start(() -> posting.result.complete(post(server, posting.callback, posting.flight)));
        Delivery delivery = posting.result.join();
        underWay.remove(posting);
        posting.flight.abort();
        try {
            done.accept(delivery);
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "listener of a callback failed", fault);
        }
    }

    private Delivery post(int server, Callback callback, Flight flight) {
        try {
            CallbackTarget target = CallbackTarget.parse(callback.target(), models, server);
            return exchange(target, hostNames(target), callback.json(), flight);
        } catch (IOException refused) {
            return failed(callback, FailureText.detail(refused));
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "callback failed by a fault of dray's own", fault);
            return failed(callback, "fault in dray: " + fault + "; please report it");
        }
    }

    /// Where to connect to: what is checked here is what is connected to.
    private HostNames hostNames(CallbackTarget target) throws IOException {
        if (target.ofModelServer()) {
            return names;
        }
        List<InetAddress> checked = allowed.addresses(target.origin().host());
        return host -> checked;
    }

    private Delivery exchange(CallbackTarget target, HostNames where, Bytes json, Flight flight) throws IOException {
        RequestSender sender =
                new RequestSender(target.origin(), settings.version(), FIXED, new ForwardedHeaders(Set.of()));
        try (Connection connection = new Connector(target.origin(), tls, where).open(flight)) {
            sender.send(connection, new Outgoing("POST", target.path(), ModelBody.json(json), List.of()), flight);
            return new Delivery.Answered(
                    new ResponseReader(connection, flight).head().status());
        } catch (IOException broken) {
            throw new IOException(text(broken), broken);
        }
    }

    private static String text(IOException broken) {
        String detail = FailureText.detail(broken);
        Kind kind = broken instanceof CallException known ? known.kind() : Kind.RESET;
        return switch (kind) {
            case REFUSED -> "no connection, " + detail + "; expected one; see whether that server runs and listens";
            case GARBAGE -> "its answer is not HTTP/1.1, " + detail + "; see whether an HTTP server listens there";
            default -> "the connection broke, " + detail + "; expected an HTTP answer; see the log of that server";
        };
    }

    private Delivery late(Callback callback) {
        return failed(
                callback,
                "no answer within " + limit.toMillis() + " ms; expected one by then; see whether that server hangs");
    }

    private static Delivery failed(Callback callback, String why) {
        return new Delivery.Failed("callback to '" + CallbackTarget.shown(callback.target()) + "' failed: " + why);
    }

    /// Gives up on callbacks that are under way, and on those that come later; each is told. May be
    /// called again.
    @Override
    public void close() {
        closed = true;
        names.close();
        underWay.forEach(Posting::stop);
    }

    /// One callback under way; the first who completes the result decides.
    private static final class Posting {
        private final Callback callback;
        private final CompletableFuture<Delivery> result = new CompletableFuture<>();
        private final Flight flight = new Flight(() -> 0, UNTIMED, () -> {});

        private Posting(Callback callback) {
            this.callback = callback;
        }

        private void stop() {
            result.complete(failed(callback, "dray is stopping"));
        }
    }
}
