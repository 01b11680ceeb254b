package dev.dray.adapter.controlplanevast;

import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.SessionClosed;
import java.util.Optional;

/// One request's or session's end in the platform's words. Keeps nothing of the request's body.
///
/// @param requestIdx      as given, as JSON text
/// @param genuine         whether that is an integer, as the platform makes them
/// @param result          status and success
/// @param enteredMicros   epoch microseconds: decision taken
/// @param startedMicros   epoch microseconds: carried to the model server; 0 where it never was
/// @param completedMicros epoch microseconds: ended; 0 where it was cancelled or never begun
record RequestOutcome(
        String requestIdx,
        boolean genuine,
        Result result,
        long enteredMicros,
        long startedMicros,
        long completedMicros) {
    private static final int FIELDS = 5;

    enum Result {
        SUCCESS("Success", true),
        ERROR("Error", false),
        // The reference worker's: a client that hung up is not the worker's failure.
        CANCELLED("Cancelled", true),
        REJECTED("Rejected", false);

        private final String word;
        private final boolean success;

        Result(String word, boolean success) {
            this.word = word;
            this.success = success;
        }
    }

    /// Empty where the platform is not owed it.
    static Optional<RequestOutcome> of(RequestRecord request, EpochClock clock) {
        return request.reference().flatMap(SessionReference::request).map(reference -> of(reference, request, clock));
    }

    private static RequestOutcome of(VastReference reference, RequestRecord request, EpochClock clock) {
        Result result = switch (request.outcome()) {
            case SERVED -> Result.SUCCESS;
            case ERRORED -> Result.ERROR;
            case CANCELLED -> Result.CANCELLED;
            case REJECTED, EXPELLED -> Result.REJECTED;
            case UNVERIFIED, INVALID ->
                throw new IllegalArgumentException(
                        "outcome " + request.outcome() + " is not the platform's business; ask known() first");
        };
        boolean session = request.reference().get() instanceof SessionReference;
        boolean begun = result != Result.REJECTED;
        boolean completed = begun && result != Result.CANCELLED;
        long entered = clock.micros(request.queuedNanos() != 0 ? request.queuedNanos() : request.arrivedNanos());
        long started = begun ? clock.micros(request.startedNanos()) : 0;
        return new RequestOutcome(
                reference.requestIdxJson(),
                reference.isGenuine(),
                result,
                entered,
                // The reference worker's: a session that is refused has started.
                session ? entered : started,
                completed ? clock.micros(request.endedNanos()) : 0);
    }

    /// A session that closed; empty where it is none of this platform's.
    static Optional<RequestOutcome> of(SessionClosed closed, EpochClock clock) {
        return SessionReference.request(closed.session().order().reference()).map(reference -> {
            long opened = clock.micros(closed.openedNanos());
            return new RequestOutcome(
                    reference.requestIdxJson(),
                    reference.isGenuine(),
                    Result.SUCCESS,
                    opened,
                    opened,
                    clock.micros(closed.closedNanos()));
        });
    }

    /// What [#text()] wrote; empty where it is something else.
    static Optional<RequestOutcome> parse(String text) {
        String[] fields = text.split(" ", FIELDS);
        try {
            return fields.length < FIELDS
                    ? Optional.empty()
                    : Optional.of(new RequestOutcome(
                            fields[4],
                            VastReference.isGenuine(fields[4]),
                            Result.valueOf(fields[0]),
                            Long.parseLong(fields[1]),
                            Long.parseLong(fields[2]),
                            Long.parseLong(fields[3])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// One line for the journal.
    String text() {
        return result.name() + " " + enteredMicros + " " + startedMicros + " " + completedMicros + " " + requestIdx;
    }

    boolean isSuccess() {
        return result.success;
    }

    void print(StringBuilder out) {
        out.append("{\"request_idx\": ").append(requestIdx);
        out.append(", \"success\": ").append(result.success);
        PythonJson.quote(out.append(", \"status\": "), result.word);
        out.append(", \"entered_queue_at\": ").append(seconds(enteredMicros));
        out.append(", \"work_started_at\": ").append(seconds(startedMicros));
        out.append(", \"work_completed_at\": ").append(seconds(completedMicros)).append('}');
    }

    private static String seconds(long micros) {
        return PythonJson.number(micros / 1e6);
    }
}
