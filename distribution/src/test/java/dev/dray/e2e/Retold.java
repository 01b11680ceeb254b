package dev.dray.e2e;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Outcomes that the platform has acknowledged more than once.
///
/// @param excused   the worker was killed before it had written that
/// @param otherwise of these, what was told another time was another outcome
/// @param age       most seconds from an acknowledgement to the kill
/// @param faults    all others
record Retold(long excused, long otherwise, double age, long faults) {
    static Retold to(ScriptedPlatform platform, Kills kills) {
        Map<Integer, List<Telling>> tellings = platform.wire().calls(ScriptedPlatform.OUTCOMES).stream()
                .filter(call -> call.status() == 200)
                .flatMap(call -> StreamSupport.stream(
                                call.json().path("requests").spliterator(), false)
                        .map(outcome -> new Telling(
                                outcome.path("request_idx").asInt(),
                                outcome.path("status").asText(),
                                call.answeredNanos())))
                .collect(Collectors.groupingBy(Telling::idx));
        long excused = 0;
        long otherwise = 0;
        long faults = 0;
        double age = 0;
        for (List<Telling> one : tellings.values()) {
            for (int i = 1; i < one.size(); i++) {
                Telling earlier = one.get(i - 1);
                var moment = new Kills.Moment(earlier.nanos(), earlier.nanos());
                if (kills.mayHaveForgotten(moment)) {
                    excused++;
                    age = Math.max(age, kills.age(moment));
                    otherwise += one.get(i).status().equals(earlier.status()) ? 0 : 1;
                } else {
                    faults++;
                }
            }
        }
        return new Retold(excused, otherwise, age, faults);
    }

    /// One outcome in one delivery.
    private record Telling(int idx, String status, long nanos) {}
}
