package dev.dray.adapter.logsources;

import java.util.HashSet;
import java.util.Set;

/// A process and all that came of it, found in three ways: by its session, by the mark in the environment, and as
/// children of children.
///
/// Signals go to each member, not to the process group at once: this also reaches members that made a group or
/// session of their own, needs no `kill` program, and the JDK makes sure that an id still means the same process. Who
/// is born in the meantime is found at the next look: look until nobody is left.
///
/// Owned by one thread.
final class ProcessFamily {
    private final ProcessHandle root;
    private final String mark;
    private final Set<ProcessHandle> known = new HashSet<>();
    private final Set<ProcessHandle> asked = new HashSet<>();
    private boolean looked;

    /// @param mark `NAME=value` that every member was started with
    ProcessFamily(ProcessHandle root, String mark) {
        this.root = root;
        this.mark = mark;
        known.add(root);
    }

    /// Whether nobody is left; false where nobody could look.
    boolean gone() {
        return members().isEmpty() && looked;
    }

    /// Asks those to end that have not been asked yet: for some programs the second time means at once.
    void terminate() {
        for (ProcessHandle member : members()) {
            if (asked.add(member)) {
                member.destroy();
            }
        }
    }

    /// Ends those who are there now.
    void kill() {
        members().forEach(ProcessHandle::destroyForcibly);
    }

    // The JDK throws where /proc cannot be opened, as when this process has no file descriptor left. That passes.
    private boolean addDescendants() {
        try {
            root.descendants().forEach(known::add);
            return true;
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    /// Those who are alive: found anew, or seen before.
    private Set<ProcessHandle> members() {
        looked = addDescendants();
        ProcessTable.all(pid -> ProcessTable.inSession(pid, root.pid()) || ProcessTable.hasInEnvironment(pid, mark))
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(known::add));
        known.remove(ProcessHandle.current());
        known.removeIf(member -> !member.isAlive() || ProcessTable.isZombie(member.pid()));
        return known;
    }
}
