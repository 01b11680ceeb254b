package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Reporter.Timekeeper;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvents;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The worker's line to the autoscaler of Vast.ai.
///
/// Order: construct, hand [#protocol()] and [#events()] to the worker, [#start(ReadWorker)], and at the end
/// [#finish(Duration)] or [#close()]. Until it is started nothing is sent, and every signature is answered with
/// "no key yet". Thread-safe.
public final class VastControlPlane implements AutoCloseable {
    // The reference worker leaves this address out of deliveries: it takes reports only.
    private static final String REPORTS_ONLY = "https://cloud.vast.ai/api/v0";

    private final VastSettings settings;
    private final Timekeeper time;
    private final EpochClock epoch;
    private final HttpClient client;
    private final Keyring keyring;
    private final PlatformProtocol protocol;
    private final OutcomeDelivery delivery;
    private final boolean delivers;
    private volatile @Nullable Reporter reporter;
    private volatile boolean closed;

    public VastControlPlane(VastSettings settings, Ticker ticker, InstantSource clock) {
        this(settings, new Timekeeper(ticker, clock, Pace.PLATFORM));
    }

    VastControlPlane(VastSettings settings, Timekeeper time) {
        this.settings = settings;
        this.time = time;
        Pace pace = time.pace();
        this.epoch = new EpochClock(time.ticker(), time.clock());
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(pace.timeOut())
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("dray-platform-", 0).factory()))
                .build();
        this.keyring = new Keyring(new KeyFetch(settings.addresses(), pace.timeOut())::fetch, time.ticker(), pace);
        this.protocol = new VastProtocol(settings, keyring);
        List<String> takers = settings.addresses().stream()
                .filter(address -> !address.equals(REPORTS_ONLY))
                .toList();
        this.delivers = !takers.isEmpty();
        this.delivery = new OutcomeDelivery(settings, conversation(takers, "/delete_requests/"), time.ticker(), pace);
    }

    /// The platform's manners, for the worker.
    public PlatformProtocol protocol() {
        return protocol;
    }

    /// What the worker tells its events to.
    public WorkerEvents events() {
        return this::hear;
    }

    /// Begins to fetch the key (unless unsecured), to report and to deliver. Called once.
    public void start(ReadWorker worker) {
        var started = new Reporter(
                settings, worker, conversation(settings.addresses(), "/worker_status/"), time, new DiskUsage());
        reporter = started;
        if (!settings.unsecured()) {
            keyring.start();
        }
        started.start();
        delivery.start();
    }

    /// Whether signatures can be checked, or need not be.
    public boolean isKeyKnown() {
        return settings.unsecured() || keyring.current().isPresent();
    }

    /// What became of the latest report; empty before the first one ended.
    public Optional<ReportStatus> lastReport() {
        Reporter started = reporter;
        return started == null ? Optional.empty() : started.status();
    }

    /// Outcomes the platform has not acknowledged yet.
    public int outcomesWaiting() {
        return delivery.waiting();
    }

    /// Outcomes given up because too many were waiting.
    public long outcomesDropped() {
        return delivery.dropped();
    }

    /// Sends a last report and the outcomes that are left, and closes. Takes no longer than the limit, whatever the
    /// platform does.
    public void finish(Duration limit) {
        long start = time.ticker().nanos();
        Reporter started = reporter;
        if (started != null && !closed) {
            // What is in the air may land; what pauses between two attempts does not get the whole limit.
            Duration grace = limit.dividedBy(4);
            Thread outcomes = Thread.ofVirtual().name("dray-last-outcomes").start(() -> {
                delivery.stop(grace);
                delivery.last(left(start, limit));
            });
            Thread report = Thread.ofVirtual().name("dray-last-report").start(() -> {
                started.stop(grace);
                started.last(left(start, limit));
            });
            await(outcomes, left(start, limit));
            await(report, left(start, limit));
        }
        close();
    }

    /// Ends all threads at once; what is not delivered is lost.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        keyring.close();
        delivery.stop(Duration.ZERO);
        Reporter started = reporter;
        if (started != null) {
            started.stop(Duration.ZERO);
        }
        client.shutdownNow();
    }

    private void hear(WorkerEvent event) {
        Reporter started = reporter;
        switch (event) {
            case WorkerEvent.ReadinessChanged _ -> {
                if (started != null) {
                    started.urgent();
                }
            }
            case WorkerEvent.RequestEnded(RequestRecord request) -> ended(request, started);
            case WorkerEvent.RequestAdmitted _,
                    WorkerEvent.SessionOpened _,
                    WorkerEvent.SessionClosed _,
                    WorkerEvent.BenchmarkEnded _ -> changed(started);
            case WorkerEvent.RequestStarted _, WorkerEvent.BenchmarkProgress _, WorkerEvent.ModelLogNoted _ -> {}
        }
    }

    // What did not verify leaves no trace: no outcome, and no report because of it.
    private void ended(RequestRecord request, @Nullable Reporter started) {
        if (!request.outcome().known()) {
            return;
        }
        changed(started);
        if (delivers
                && request.reference().isPresent()
                && request.reference().get() instanceof VastReference reference) {
            delivery.add(RequestOutcome.of(reference, request, epoch));
        }
    }

    private static void changed(@Nullable Reporter started) {
        if (started != null) {
            started.changed();
        }
    }

    private Conversation conversation(List<String> addresses, String path) {
        return new Conversation(addresses, path, client, time.pace());
    }

    private Duration left(long startNanos, Duration limit) {
        Duration left = limit.minusNanos(time.ticker().nanos() - startNanos);
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private static void await(Thread thread, Duration limit) {
        try {
            if (!thread.join(limit)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
