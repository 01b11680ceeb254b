package dev.dray.domain.admission;

/// Which model servers take new requests, and how much each has to do. Guarded by the worker's lock.
///
/// Servers are bits of a mask: server 0 is the lowest. At least one is usable at any time.
final class Servers {
    private final int[] running;
    private final double[] units;
    private long usable;

    /// All of them usable, with nothing to do.
    ///
    /// @param count 1 to [Admission#MAX_SERVERS]
    Servers(int count) {
        if (count < 1 || count > Admission.MAX_SERVERS) {
            throw new IllegalArgumentException(
                    "a worker has 1 to %d model servers, got %d".formatted(Admission.MAX_SERVERS, count));
        }
        running = new int[count];
        units = new double[count];
        usable = all();
    }

    long all() {
        return -1L >>> (Long.SIZE - running.length);
    }

    static long bit(int server) {
        return 1L << server;
    }

    long usable() {
        return usable;
    }

    /// @param newUsable a bit for each that takes new requests; one or more
    void usable(long newUsable) {
        if (newUsable == 0 || (newUsable & ~all()) != 0) {
            throw new IllegalArgumentException("no such model servers: " + Long.toBinaryString(newUsable));
        }
        usable = newUsable;
    }

    /// Of these the one with the fewest requests; of equals the one with the fewest units, then the first.
    ///
    /// @param among one or more
    int leastLoaded(long among) {
        int best = Long.numberOfTrailingZeros(among);
        for (long rest = among & (among - 1); rest != 0; rest &= rest - 1) {
            int next = Long.numberOfTrailingZeros(rest);
            if (running[next] < running[best] || (running[next] == running[best] && units[next] < units[best])) {
                best = next;
            }
        }
        return best;
    }

    void began(int server, double moreUnits) {
        running[server]++;
        units[server] += moreUnits;
    }

    void ended(int server, double lessUnits) {
        running[server]--;
        // With nothing to do: begin anew, free of rounding.
        units[server] = running[server] == 0 ? 0 : units[server] - lessUnits;
    }

    int running(int server) {
        return running[server];
    }
}
