package dev.dray.domain.benchmark;

import dev.dray.port.exchange.ModelFailure;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// How the requests of a burst or stage ended that did not succeed, in words a person can act on. Never part of a
/// payload. Guarded like its [Burst] or [StageTally].
final class Endings {
    private final Map<String, Integer> kinds = new TreeMap<>();
    private String first = "";

    /// An answer came, but not with status 200.
    void status(int status) {
        count("status " + status, "status " + status + "; " + advice(status));
    }

    /// An answer did not come, or broke.
    void failure(ModelFailure failure) {
        // The message says what to do already.
        count(failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '), failure.message());
    }

    private void count(String kind, String text) {
        kinds.merge(kind, 1, Integer::sum);
        first = first.isEmpty() ? text : first;
    }

    /// What became of the first one to end, and what to do; empty where there is none.
    String first() {
        return first;
    }

    /// All of them by kind, for example `2 × reset, 8 × status 503`.
    String byKind() {
        var text = new StringJoiner(", ");
        kinds.forEach((kind, count) -> text.add(count + " × " + kind));
        return text.toString();
    }

    /// How many there were of each kind.
    Map<String, Integer> kinds() {
        return Map.copyOf(kinds);
    }

    /// How many there were.
    int count() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "give dray the model server's API key in 'model.headers'";
            case 404, 405 -> "the model server does not serve this route: see whether 'backend' and 'model.url' fit it";
            case 429, 503 ->
                "the model server has too much to do or is not loaded yet: see its log, or lower the"
                        + " benchmark's 'concurrency'";
            default -> {
                if (status >= 500) {
                    yield "see the model server's log";
                }
                if (status >= 400) {
                    yield "the model server refuses the benchmark's payload: see its log, and whether the payload"
                            + " names its model";
                }
                yield "only status 200 counts: see whether 'backend' and 'model.url' fit the model server";
            }
        };
    }
}
