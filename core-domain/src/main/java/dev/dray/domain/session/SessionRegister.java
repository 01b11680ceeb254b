package dev.dray.domain.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Which sessions there are. A session is open, then closing until its callback came back, then gone.
/// Guarded by the worker's lock.
///
/// INVARIANT: no id is open and closing at once, and at most as many are open as the limit allows. How
/// many are closing is bounded by the time a callback may take.
///
/// @param <S> what is kept of a session
public final class SessionRegister<S> {
    private final OptionalInt limit;
    private final Map<String, S> open = new LinkedHashMap<>();
    private final Map<String, S> closing = new HashMap<>();

    /// @param limit open sessions; empty for any number
    public SessionRegister(OptionalInt limit) {
        this.limit = limit;
    }

    /// Whether no further one may be opened.
    public boolean isFull() {
        return limit.isPresent() && open.size() >= limit.getAsInt();
    }

    /// Whether a new session cannot be called so.
    public boolean isTaken(String id) {
        return open.containsKey(id) || closing.containsKey(id);
    }

    public void add(String id, S session) {
        if (isFull() || isTaken(id)) {
            throw new IllegalStateException("no session can be opened: full, or its id is taken");
        }
        open.put(id, session);
    }

    public Optional<S> open(String id) {
        return Optional.ofNullable(open.get(id));
    }

    public Optional<S> closing(String id) {
        return Optional.ofNullable(closing.get(id));
    }

    /// Removes a session from the open ones.
    ///
    /// @return whether it was open; else nothing happened
    public boolean beginClosing(String id) {
        S session = open.remove(id);
        if (session == null) {
            return false;
        }
        closing.put(id, session);
        return true;
    }

    /// Forgets a session whose callback came back.
    ///
    /// @return whether it was closing; else nothing happened
    public boolean closed(String id) {
        return closing.remove(id) != null;
    }

    /// All open sessions, in the order opened.
    public List<S> allOpen() {
        return List.copyOf(open.values());
    }
}
