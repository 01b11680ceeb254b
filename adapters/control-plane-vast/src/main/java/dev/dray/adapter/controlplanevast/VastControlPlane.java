package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.StatusReport.Reading;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.outbound.OutcomeJournal;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.WorkerEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The worker's line to the autoscaler of Vast.ai.
///
/// Order: construct, hand [#protocol()] and [#events()] to the worker, [#start(ReadWorker)], and at the
/// end [#finish(Duration)] or [#close()]. Until it is started nothing is sent, and every signature is
/// answered with "no key yet". Thread-safe.
public final class VastControlPlane implements AutoCloseable {
    // The reference worker leaves this address out of deliveries: it takes reports only.
    private static final String REPORTS_ONLY = "https://cloud.vast.ai/api/v0";

    private final VastSettings settings;
    private final Timekeeper time;
    private final OutcomeJournal journal;
    private final PlatformClient client;
    private final Keyring keyring;
    private final PlatformProtocol protocol;
    private final OutcomeDelivery delivery;
    private final EventBooks books;
    private final long lost;
    private volatile @Nullable Reporter reporter;
    private volatile boolean closed;

    /// Takes over what the journal has kept of an earlier process.
    ///
    /// @param journal closed with this
    public VastControlPlane(VastSettings settings, OutcomeJournal journal, Ticker ticker, InstantSource clock) {
        this(settings, journal, new Timekeeper(ticker, clock, Pace.PLATFORM));
    }

    VastControlPlane(VastSettings settings, OutcomeJournal journal, Timekeeper time) {
        this.settings = settings;
        this.journal = journal;
        this.time = time;
        Duration timeOut = time.pace().timeOut();
        this.client = new PlatformClient(timeOut);
        this.keyring = new Keyring(new KeyFetch(settings.addresses(), timeOut)::fetch, time);
        this.protocol = new VastProtocol(settings, keyring);
        List<String> takers = settings.addresses().stream()
                .filter(address -> !address.equals(REPORTS_ONLY))
                .toList();
        this.delivery = new OutcomeDelivery(settings, conversation(takers, "/delete_requests/"), journal, time);
        this.books = new EventBooks(
                journal,
                delivery.owed(),
                time,
                !takers.isEmpty(),
                () -> Optional.ofNullable(reporter).map(Reporter::book));
        this.lost = books.recover();
    }

    /// The platform's manners, for the worker.
    public PlatformProtocol protocol() {
        return protocol;
    }

    /// What the worker tells its events to.
    public WorkerEvents events() {
        return books::hear;
    }

    /// Begins to fetch the key (unless unsecured), to report and to deliver. Called once.
    public void start(ReadWorker worker) {
        var disk = new DiskUsage();
        var started = new Reporter(
                settings,
                () -> new Reading(worker.readiness(), worker.load(), books.heard(), disk.getAsLong()),
                conversation(settings.addresses(), "/worker_status/"),
                time);
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
        List<ReportStatus> reports = lastReports();
        return reports.isEmpty() ? Optional.empty() : Optional.of(reports.getLast());
    }

    /// What became of the last twenty reports, oldest first.
    public List<ReportStatus> lastReports() {
        Reporter started = reporter;
        return started == null ? List.of() : started.book().last();
    }

    /// Outcomes the platform has not acknowledged yet.
    public int outcomesWaiting() {
        return delivery.owed().waiting();
    }

    /// Outcomes given up: too many, too old, or unreadable in the journal.
    public long outcomesDropped() {
        return lost + delivery.owed().dropped();
    }

    /// How the line to the platform is.
    public PlatformStatus status() {
        Reporter started = reporter;
        return new PlatformStatus(
                started == null ? new PlatformStatus.Line(0, 0) : started.line(),
                delivery.line(),
                keyring.line(),
                !settings.unsecured(),
                keyring.knownSince(),
                outcomesWaiting(),
                outcomesDropped());
    }

    /// Sends a last report and the outcomes that are left, and closes. Takes no longer than the limit,
    /// whatever the platform does.
    public void finish(Duration limit) {
        long start = time.ticker().nanos();
        Reporter started = reporter;
        journal.flush();
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

    /// Ends all threads at once; what is not delivered stays in the journal for the next process.
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
        client.close();
        journal.close();
    }

    private Conversation conversation(List<String> addresses, String path) {
        return new Conversation(addresses, path, client, time);
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
