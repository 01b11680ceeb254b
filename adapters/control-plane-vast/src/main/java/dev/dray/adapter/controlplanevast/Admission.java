package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.RequestOutcome.Result;
import java.util.Optional;

/// A request the platform is owed an outcome for, as it stands in the journal: should the process end first, the next
/// one tells what is known of it.
///
/// @param requestIdx    as given, as JSON text
/// @param enteredMicros epoch microseconds: decision taken
/// @param startedMicros epoch microseconds: a session's work begins with it; 0 for a request
record Admission(String requestIdx, long enteredMicros, long startedMicros) {
    private static final int FIELDS = 3;

    /// One line.
    String text() {
        return enteredMicros + " " + startedMicros + " " + requestIdx;
    }

    /// What [#text()] wrote; empty where it is something else.
    static Optional<Admission> parse(String text) {
        String[] fields = text.split(" ", FIELDS);
        try {
            return fields.length < FIELDS
                    ? Optional.empty()
                    : Optional.of(new Admission(fields[2], Long.parseLong(fields[0]), Long.parseLong(fields[1])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// The outcome of a request that ended with its process.
    RequestOutcome lost(long nowMicros) {
        boolean genuine = VastReference.isGenuine(requestIdx);
        return new RequestOutcome(requestIdx, genuine, Result.ERROR, enteredMicros, startedMicros, nowMicros);
    }
}
