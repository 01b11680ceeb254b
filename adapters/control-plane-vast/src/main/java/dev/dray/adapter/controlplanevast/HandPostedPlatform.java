package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Conversation.Delivery;
import dev.dray.adapter.controlplanevast.Conversation.Message;
import dev.dray.adapter.controlplanevast.StatusReport.Reading;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.outbound.OutcomeJournal;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.WorkerEvents;
import java.io.IOException;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The same books and manners as [VastControlPlane], without thread, socket and key: whoever holds it carries each
/// message to a platform of his own and says what became of it.
///
/// That is how the bookkeeping runs under a virtual clock. Order: construct, hand [#protocol()] and [#events()] to the
/// worker, [#start(ReadWorker, Runnable)]; then, again and again, [#report()] and [#outcomes()] when they are due. At
/// most one message of each kind may be on its way. Events may come from any thread, the rest from one.
public final class HandPostedPlatform {
    private final VastSettings settings;
    private final Timekeeper time;
    private final PlatformProtocol protocol;
    private final OutcomesOwed owed;
    private final EventBooks books;
    private volatile Runnable ring = () -> {};
    private volatile @Nullable ReportBook reports;

    /// Takes over what the journal has kept of an earlier process.
    ///
    /// @param settings those of an unsecured worker: there is nobody to fetch a key
    public HandPostedPlatform(VastSettings settings, OutcomeJournal journal, Ticker ticker, InstantSource clock) {
        if (!settings.unsecured()) {
            throw new IllegalArgumentException("nobody fetches a key here; unsecured settings are expected");
        }
        this.settings = settings;
        this.time = new Timekeeper(ticker, clock, Pace.PLATFORM);
        this.protocol = new VastProtocol(settings, new Keyring(HandPostedPlatform::noKey, time));
        this.owed = new OutcomesOwed(settings, journal, time, () -> ring.run());
        this.books = new EventBooks(journal, owed, time, true, () -> Optional.ofNullable(reports));
        books.recover();
    }

    /// The platform's manners, for the worker.
    public PlatformProtocol protocol() {
        return protocol;
    }

    /// What the worker tells its events to.
    public WorkerEvents events() {
        return books::hear;
    }

    /// From now on there is something to report.
    ///
    /// @param rung a message is due earlier than was said last; called where events are told
    public void start(ReadWorker worker, Runnable rung) {
        ring = rung;
        reports = new ReportBook(
                settings, time, () -> new Reading(worker.readiness(), worker.load(), books.heard(), 0), rung);
    }

    /// Nanoseconds until the next report is due; 0 or less: now.
    public long reportDue() {
        return book().waitNanos();
    }

    /// The report of this moment, on its way from now on.
    public Letter report() {
        ReportBook book = book();
        book.begin();
        return new Posted<>(book.compose(), delivery -> {
            book.settle(delivery);
            book.end();
            return true;
        });
    }

    /// Nanoseconds until outcomes are due; 0 or less: now.
    public long outcomesDue() {
        return owed.waitNanos();
    }

    /// Outcomes the platform has not acknowledged yet.
    public int outcomesWaiting() {
        return owed.waiting();
    }

    /// The messages that tell of the oldest of them, in the order to carry them; where one is not acknowledged, those
    /// behind it stay.
    public List<Letter> outcomes() {
        return owed.head().stream()
                .<Letter>map(message -> new Posted<>(message, delivery -> {
                    owed.end();
                    return owed.settle(message, delivery);
                }))
                .toList();
    }

    private ReportBook book() {
        ReportBook book = reports;
        if (book == null) {
            throw new IllegalStateException("nothing is reported before the start");
        }
        return book;
    }

    private static PublicKey noKey() {
        throw new IllegalStateException("an unsecured worker asks for no key");
    }

    /// A message on its way to the platform. Exactly one of [#taken()] and [#lost(Optional)] has to follow.
    public interface Letter {
        /// What it says.
        String json();

        /// The platform acknowledged it.
        void taken();

        /// No acknowledgement came, whether it arrived or not.
        ///
        /// @param status what the platform answered, where it refused; empty where nothing came back
        /// @return whether it is given up for good
        boolean lost(Optional<Integer> status);
    }

    private record Posted<M extends Message>(M message, Function<Delivery<M>, Boolean> settling) implements Letter {
        private static final String BY_HAND = "by hand";

        @Override
        public String json() {
            return message.json();
        }

        @Override
        public void taken() {
            var _ = settling.apply(new Delivery<>(BY_HAND, Optional.of(message), Optional.empty()));
        }

        @Override
        public boolean lost(Optional<Integer> status) {
            IOException cause = status.<IOException>map(Endpoint.RefusedException::new)
                    .orElseGet(() -> new IOException("no answer"));
            return settling.apply(new Delivery<>(BY_HAND, Optional.empty(), Optional.of(cause)));
        }
    }
}
