package dev.dray.domain.readiness;

import dev.dray.port.inbound.ObserveModelLog.LogLine;
import java.util.HashSet;
import java.util.Set;

/// The log of one run of the model server: says which sightings are new.
///
/// An unfinished line is told again, under the same number, as it grows: what it set off once it does not set off
/// again, and once an error stood in it no load marker counts any more. The backlog, what stood in the log when it was
/// opened, sets off nothing line by line; it is folded, and its last load or error marker decides once at
/// [#caughtUp()]. A last backlog line that grows later is like any other: what was new in it since then counts.
public final class RunLog {
    private long number;
    private boolean loadTold;
    private boolean errorTold;
    private final Set<String> infosTold = new HashSet<>();
    private Sighting folded = Sighting.NOTHING;

    /// A new run began: line numbers start again, and a backlog that was not decided yet never will be.
    public void begin() {
        turnTo(0);
        folded = Sighting.NOTHING;
    }

    /// Takes a line with the markers in it.
    ///
    /// @return what it sets off now; [Sighting#NOTHING] for a line of the backlog
    public Sighting hear(LogLine line, Sighting seen) {
        if (line.number() != number) {
            turnTo(line.number());
        }
        Sighting fresh = fresh(seen);
        if (!line.backlog()) {
            return fresh;
        }
        if (fresh.load() || fresh.isError()) {
            folded = fresh;
        }
        return Sighting.NOTHING;
    }

    /// The backlog has been told.
    ///
    /// @return its last load or error marker; [Sighting#NOTHING] where there was none, and from the second call on
    public Sighting caughtUp() {
        Sighting last = folded;
        folded = Sighting.NOTHING;
        return last;
    }

    private void turnTo(long next) {
        number = next;
        loadTold = false;
        errorTold = false;
        infosTold.clear();
    }

    private Sighting fresh(Sighting seen) {
        if (errorTold) {
            return Sighting.NOTHING;
        }
        if (seen.isError()) {
            errorTold = true;
            return seen;
        }
        boolean load = seen.load() && !loadTold;
        loadTold |= load;
        return new Sighting(
                load, "", seen.infos().stream().filter(infosTold::add).toList());
    }
}
