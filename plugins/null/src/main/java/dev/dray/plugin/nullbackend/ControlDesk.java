package dev.dray.plugin.nullbackend;

import dev.dray.spi.ControlHandler;
import dev.dray.spi.WorkerSessions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Answers programs on this machine: `POST /release` gives the worker back, `GET /health` says that it
/// lives.
///
/// @param sessions of the worker
/// @param reservation held by a request
record ControlDesk(WorkerSessions sessions, Reservation reservation) implements ControlHandler {
    @Override
    public Answer handle(Request request) {
        return switch (request.path()) {
            case "/release" -> request.method().equals("POST") ? release() : wrongMethod("POST");
            case "/health" -> request.method().equals("GET") ? Answer.text(200, "ok") : wrongMethod("GET");
            default -> Answer.text(404, "404: Not Found");
        };
    }

    private Answer release() {
        boolean held = reservation.release();
        Optional<List<String>> closed = sessions.closeAll();
        if (closed.isPresent() && !closed.get().isEmpty()) {
            return Answer.json(200, "{\"released\": true, \"session_ids\": " + ids(closed.get()) + "}");
        }
        if (held) {
            return Answer.json(200, "{\"released\": true}");
        }
        return closed.isPresent()
                ? Answer.json(200, "{\"released\": false, \"reason\": \"no active session\"}")
                : Answer.json(503, "{\"released\": false, \"reason\": \"backend not ready\"}");
    }

    // Ids are letters and digits.
    private static String ids(List<String> ids) {
        return ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(", ", "[", "]"));
    }

    private static Answer wrongMethod(String expected) {
        return Answer.text(405, "405: Method Not Allowed, expected " + expected);
    }
}
