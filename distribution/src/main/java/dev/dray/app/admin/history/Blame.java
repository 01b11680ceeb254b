package dev.dray.app.admin.history;

import dev.dray.model.ErrorSource;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;

/// Who caused it that a request was not served, as far as its record tells.
///
/// Outcome and status say nearly all; where one status has several causes the reason's first words do, which are the
/// worker's own.
final class Blame {
    private static final String KEY_MISSING = "the platform's public key";
    private static final String PLUGIN = "plugin '";
    private static final String WORKER_FAULT = "the worker ";

    private Blame() {}

    /// @param request neither served nor cancelled
    static ErrorSource of(RequestRecord request) {
        String reason = request.reason();
        if (reason.startsWith(PLUGIN)) {
            return ErrorSource.PLUGIN;
        }
        return switch (request.outcome()) {
            case UNVERIFIED -> reason.startsWith(KEY_MISSING) ? ErrorSource.PLATFORM : ErrorSource.CLIENT;
            case INVALID -> request.status() >= 500 ? ErrorSource.WORKER : ErrorSource.CLIENT;
            // 429 and 503: it has no room, or is not ready. The rest of 4xx is about what the client sent.
            case REJECTED, EXPELLED ->
                request.status() == 429 || request.status() >= 500 ? ErrorSource.WORKER : ErrorSource.CLIENT;
            case ERRORED -> reason.startsWith(WORKER_FAULT) ? ErrorSource.WORKER : ErrorSource.MODEL;
            case SERVED, CANCELLED -> ErrorSource.CLIENT;
        };
    }
}
