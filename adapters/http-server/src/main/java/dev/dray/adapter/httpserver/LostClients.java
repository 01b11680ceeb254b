package dev.dray.adapter.httpserver;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Finds clients that do not acknowledge what is sent to them: their machine or the way to it is gone, without a word.
///
/// TCP's keep-alive does not find them: it asks only while nothing is on its way, and a stream of tokens always has
/// some. The system gives up after ten minutes and more, and a write waits only once its buffer is full, which
/// a slow stream does not fill before. The sweep's own.
final class LostClients {
    private static final System.Logger LOGGER = System.getLogger(LostClients.class.getName());
    /// A bad line may lose a packet and its repetition; each further one is sent after twice the time.
    private static final int MIN_TRIES = 3;

    private static final int LOOKS = 6;

    private final long limitNanos;
    private final UnansweredTries tries;
    private final Map<Ends, Suspect> suspects = new HashMap<>();
    private long lookedNanos;
    private boolean looked;
    private boolean blind;

    /// @param limit how long a client may acknowledge nothing (`limits.client-lost`)
    LostClients(Duration limit, UnansweredTries tries) {
        this.limitNanos = limit.toNanos();
        this.tries = tries;
    }

    /// A client that was tried in vain, more and more often since a time.
    private record Suspect(int tries, long sinceNanos) {}

    /// Cuts off the lost ones, if it is time for a look.
    ///
    /// @param connections those of one listener
    void look(long nowNanos, Collection<ClientConnection> connections) {
        if (blind || (looked && nowNanos - lookedNanos < limitNanos / LOOKS)) {
            return;
        }
        Set<Ends> lost = find(nowNanos);
        if (lost.isEmpty()) {
            return;
        }
        for (ClientConnection connection : connections) {
            if (lost.contains(connection.ends())) {
                LOGGER.log(Level.DEBUG, "client acknowledges nothing any more client={0}", connection.remote());
                connection.cutOff();
            }
        }
    }

    /// No request is open: nobody to look for.
    void rest() {
        suspects.clear();
    }

    /// Takes a look.
    Set<Ends> find(long nowNanos) {
        lookedNanos = nowNanos;
        looked = true;
        Map<Ends, Integer> counts;
        try {
            counts = tries.now();
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "the system does not tell of unacknowledged data", e);
            blind = true;
            return Set.of();
        }
        suspects.keySet().retainAll(counts.keySet());
        Set<Ends> lost = new HashSet<>();
        counts.forEach((ends, count) -> {
            Suspect known = suspects.get(ends);
            // Fewer than before: it has answered in between.
            long since = known != null && count >= known.tries() ? known.sinceNanos() : nowNanos;
            suspects.put(ends, new Suspect(count, since));
            if (count >= MIN_TRIES && nowNanos - since >= limitNanos) {
                lost.add(ends);
            }
        });
        return lost;
    }
}
