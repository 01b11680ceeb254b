package dev.dray.adapter.controlplanevast;

import dev.dray.port.outbound.WorkerEvent.RequestRecord;

/// One request's end in the platform's words. Keeps nothing of the request's body.
///
/// @param requestIdx as given, as JSON text
/// @param genuine    whether that is an integer, as the platform makes them
/// @param result     status and success
/// @param entered    epoch seconds: decision taken
/// @param started    epoch seconds: carried to the model server; 0 where it never was
/// @param completed  epoch seconds: ended; 0 where it was cancelled or never begun
record RequestOutcome(
        String requestIdx, boolean genuine, Result result, double entered, double started, double completed) {
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

    static RequestOutcome of(VastReference reference, RequestRecord request, EpochClock clock) {
        Result result = switch (request.outcome()) {
            case SERVED -> Result.SUCCESS;
            case ERRORED -> Result.ERROR;
            case CANCELLED -> Result.CANCELLED;
            case REJECTED, EXPELLED -> Result.REJECTED;
            case UNVERIFIED, INVALID ->
                throw new IllegalArgumentException(
                        "outcome " + request.outcome() + " is not the platform's business; ask known() first");
        };
        boolean begun = result != Result.REJECTED;
        boolean completed = begun && result != Result.CANCELLED;
        return new RequestOutcome(
                reference.requestIdxJson(),
                reference.isGenuine(),
                result,
                clock.seconds(request.queuedNanos() != 0 ? request.queuedNanos() : request.arrivedNanos()),
                begun ? clock.seconds(request.startedNanos()) : 0,
                completed ? clock.seconds(request.endedNanos()) : 0);
    }

    void print(StringBuilder out) {
        out.append("{\"request_idx\": ").append(requestIdx);
        out.append(", \"success\": ").append(result.success);
        PythonJson.quote(out.append(", \"status\": "), result.word);
        out.append(", \"entered_queue_at\": ").append(PythonJson.number(entered));
        out.append(", \"work_started_at\": ").append(PythonJson.number(started));
        out.append(", \"work_completed_at\": ")
                .append(PythonJson.number(completed))
                .append('}');
    }
}
