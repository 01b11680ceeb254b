package dev.dray.domain.worker;

import dev.dray.model.PlatformReference;
import dev.dray.model.RequestId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who is in the worker, in order of admission: the requests, and what the platform is told works
/// here, which is the requests outside sessions and the sessions. Guarded by the worker's lock.
final class Presence {
    private final Set<Visit> visits = new LinkedHashSet<>();
    private final Map<RequestId, PlatformReference> working = new LinkedHashMap<>();

    void enter(Visit visit) {
        visits.add(visit);
        visit.session()
                .ifPresentOrElse(
                        session -> session.take(visit),
                        () -> working.put(visit.id(), visit.envelope().reference()));
    }

    void leave(Visit visit) {
        visits.remove(visit);
        visit.session().ifPresentOrElse(session -> session.leave(visit), () -> working.remove(visit.id()));
    }

    void enter(LiveSession session) {
        working.put(session.openedBy(), session.reference());
    }

    void leave(LiveSession session) {
        working.remove(session.openedBy());
    }

    List<Visit> visits() {
        return new ArrayList<>(visits);
    }

    List<PlatformReference> working() {
        return List.copyOf(working.values());
    }
}
