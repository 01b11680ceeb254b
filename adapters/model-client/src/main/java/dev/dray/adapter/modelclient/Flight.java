package dev.dray.adapter.modelclient;

import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The life of one request on the wire: what it waits for and until when, and the one word by which it ended.
///
/// One thread carries the request and arms the deadlines; any other may cut it ([#abort], or [#cutIfOverdue] of the
/// sweep). Cutting closes the connection, which wakes the carrier wherever it is blocked. `end` is set once:
/// whoever sets it owns the connection's fate, so that an abort that comes late can never close a connection that
/// carries the next request.
final class Flight implements Abort {
    /// How a flight ends.
    private enum End {
        CONNECT_TIME_OUT,
        FIRST_BYTE_TIME_OUT,
        IDLE_TIME_OUT,
        TOTAL_TIME_OUT,
        ABORTED,
        LANDED
    }

    /// What overdue flights die of; the index is kept in the last bits of `watch`, where 0 means that there is no
    /// deadline.
    private static final List<End> TIME_OUTS =
            List.of(End.LANDED, End.CONNECT_TIME_OUT, End.FIRST_BYTE_TIME_OUT, End.IDLE_TIME_OUT, End.TOTAL_TIME_OUT);

    private static final int CONNECT = 1;
    private static final int FIRST_BYTE = 2;
    private static final int IDLE = 3;
    private static final int TOTAL = 4;
    private static final long INDEX_MASK = 7;

    /// A century: the difference of two readings cannot overflow.
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(36_500);

    private final Ticker ticker;
    private final Runnable onCut;
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private final long connectNanos;
    private final long firstByteNanos;
    private final long idleNanos;
    private final long totalWatch;

    private volatile @Nullable Connection connection;

    /// Deadline in nanoseconds, its last three bits replaced by what is waited for: one word, so that the sweep
    /// never sees the one with the other's value.
    private volatile long watch;

    Flight(Ticker ticker, TimeOuts limits, Runnable onCut) {
        this.ticker = ticker;
        this.onCut = onCut;
        connectNanos = nanos(limits.connect());
        firstByteNanos = nanos(limits.firstByte());
        idleNanos = nanos(limits.idle());
        long totalNanos = nanos(limits.total());
        totalWatch = totalNanos == 0 ? 0 : watchWord(ticker.nanos() + totalNanos, TOTAL);
        watch = totalWatch;
    }

    private static long nanos(Duration limit) {
        return Math.min(TimeUnit.NANOSECONDS.convert(limit), LONGEST_NANOS);
    }

    private static long watchWord(long deadlineNanos, int timeOut) {
        return (deadlineNanos & ~INDEX_MASK) | timeOut;
    }

    /// From now on a cut closes this connection too.
    void use(Connection newConnection) {
        connection = newConnection;
        if (isOver()) {
            newConnection.close();
        }
    }

    void connecting() {
        arm(connectNanos, CONNECT);
    }

    void awaitingFirstByte() {
        arm(firstByteNanos, FIRST_BYTE);
    }

    /// Waiting for the model server to send or take more bytes.
    void awaitingMore() {
        arm(idleNanos, IDLE);
    }

    /// Waiting for nobody, or for the client, whose slowness is not the model server's fault.
    void working() {
        watch = totalWatch;
    }

    private void arm(long limitNanos, int timeOut) {
        if (limitNanos == 0) {
            watch = totalWatch;
            return;
        }
        long deadline = ticker.nanos() + limitNanos;
        watch = totalWatch != 0 && totalWatch - deadline < 0 ? totalWatch : watchWord(deadline, timeOut);
    }

    boolean isOver() {
        return end.get() != null;
    }

    /// Ends the flight well.
    ///
    /// @return false if it was cut before; then the connection is closed
    boolean land() {
        return end.compareAndSet(null, End.LANDED);
    }

    /// Why the flight was cut, as the kind of failure to report; `null` if it was not.
    @Nullable
    Kind cutBy() {
        End by = end.get();
        if (by == null) {
            return null;
        }
        return switch (by) {
            case CONNECT_TIME_OUT -> Kind.CONNECT_TIME_OUT;
            case FIRST_BYTE_TIME_OUT -> Kind.FIRST_BYTE_TIME_OUT;
            case IDLE_TIME_OUT -> Kind.IDLE_TIME_OUT;
            case TOTAL_TIME_OUT -> Kind.TOTAL_TIME_OUT;
            case ABORTED -> Kind.ABORTED;
            case LANDED -> null;
        };
    }

    @Override
    public void abort() {
        cut(End.ABORTED);
    }

    void cutIfOverdue(long nowNanos) {
        long word = watch;
        int timeOut = (int) (word & INDEX_MASK);
        if (timeOut != 0 && nowNanos - (word & ~INDEX_MASK) >= 0) {
            cut(TIME_OUTS.get(timeOut));
        }
    }

    private void cut(End by) {
        if (!end.compareAndSet(null, by)) {
            return;
        }
        Connection open = connection;
        if (open != null) {
            open.close();
        }
        onCut.run();
    }
}
