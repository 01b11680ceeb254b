package dev.dray.app.simulate;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// What the platform is owed over all lives of the worker: one outcome for each admitted request and each session, and
/// for those sent away. Keyed by `request_idx` as it stands in the request.
final class Debts {
    private final Set<String> open = new HashSet<>();
    private final Map<String, Outcome> owed = new HashMap<>();

    void open(String requestIdx) {
        open.add(requestIdx);
    }

    void ended(String requestIdx, Outcome outcome) {
        open.remove(requestIdx);
        owed.put(requestIdx, outcome);
    }

    /// The process was killed: what it had not ended, it ends as errors the next time.
    void killed() {
        open.forEach(requestIdx -> owed.put(requestIdx, Outcome.ERRORED));
        open.clear();
    }

    /// The platform acknowledged a message.
    void paid(String json, BiConsumer<String, String> broken) {
        settle(json, true, broken);
    }

    /// The worker gave a message up.
    void givenUp(String json, BiConsumer<String, String> broken) {
        settle(json, false, broken);
    }

    /// Nothing may be left.
    void checkEnd(BiConsumer<String, String> broken) {
        if (!owed.isEmpty() || !open.isEmpty()) {
            broken.accept(
                    Promises.OWED,
                    "%d were never told, %d never ended, among them request_idx %s"
                            .formatted(owed.size(), open.size(), owed.isEmpty() ? open : owed.keySet()));
        }
    }

    private void settle(String json, boolean acknowledged, BiConsumer<String, String> broken) {
        JsonValue message = JsonValue.parse(Bytes.utf8(json));
        message.at("/requests")
                .ifPresent(records -> ((JsonArray) records)
                        .forEach(one -> settle(
                                text(one, "/request_idx"),
                                one.at("/status").orElseThrow().text().orElseThrow(),
                                acknowledged,
                                broken)));
        message.at("/request_idxs").ifPresent(list -> {
            boolean success =
                    message.at("/success").orElseThrow().source().utf8Text().equals("true");
            ((JsonArray) list)
                    .forEach(one -> settle(one.source().utf8Text(), success ? "+" : "-", acknowledged, broken));
        });
    }

    private void settle(String requestIdx, String status, boolean acknowledged, BiConsumer<String, String> broken) {
        Outcome outcome = owed.remove(requestIdx);
        if (outcome == null) {
            broken.accept(Promises.OWED, "request_idx %s is told again, or was never owed".formatted(requestIdx));
        } else if (!isWord(status, outcome)) {
            broken.accept(
                    Promises.OWED, "request_idx %s was %s, but told as %s".formatted(requestIdx, outcome, status));
        } else if (!acknowledged && !requestIdx.startsWith(Autoscaler.INVENTED)) {
            broken.accept(Promises.OWED, "request_idx %s is the platform's own and was given up".formatted(requestIdx));
        }
    }

    private static boolean isWord(String status, Outcome outcome) {
        return switch (outcome) {
            case SERVED -> status.equals("Success") || status.equals("+");
            case CANCELLED -> status.equals("Cancelled") || status.equals("+");
            case ERRORED -> status.equals("Error") || status.equals("-");
            case REJECTED, EXPELLED -> status.equals("Rejected") || status.equals("-");
            case UNVERIFIED, INVALID -> false;
        };
    }

    private static String text(JsonValue record, String pointer) {
        return record.at(pointer).orElseThrow().source().utf8Text();
    }
}
