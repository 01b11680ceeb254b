package dev.dray.domain.rig;

import dev.dray.port.outbound.ModelHealth;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// A health probe that answers when and as a test says, or inline with whatever it was told last.
public final class ScriptedHealth implements ModelHealth {
    private final Deque<Asked> asked = new ArrayDeque<>();
    private boolean inline;
    private Probe now = new Probe.Good();
    private int probes;
    private int most;
    private final Set<String> listening = new HashSet<>();
    private int questions;

    /// From now on every probe is answered before `probe` returns.
    public void answerInline(Probe probe) {
        inline = true;
        now = probe;
    }

    @Override
    public void probe(int server, Consumer<Probe> done) {
        probes++;
        if (inline) {
            done.accept(now);
            return;
        }
        asked.add(new Asked(server, done));
        most = Math.max(most, asked.size());
    }

    /// Answered at once: well where [#listening(String, boolean)] said so.
    @Override
    public void ask(String url, Duration timeOut, Consumer<Probe> done) {
        questions++;
        done.accept(listening.contains(url) ? new Probe.Good() : new Probe.Bad("nobody listens at " + url));
    }

    /// From now on a question to this URL is answered well, or not.
    public void listening(String url, boolean well) {
        if (well) {
            listening.add(url);
        } else {
            listening.remove(url);
        }
    }

    /// Number of questions to URLs so far.
    public int questions() {
        return questions;
    }

    /// Answers the oldest probe in the air.
    public void answer(Probe probe) {
        asked.remove().done().accept(probe);
    }

    /// Answers the oldest probe of one server in the air.
    public void answer(int server, Probe probe) {
        Asked first = asked.stream()
                .filter(one -> one.server() == server)
                .findFirst()
                .orElseThrow(() -> new AssertionError("server " + server + " is not being probed"));
        asked.remove(first);
        first.done().accept(probe);
    }

    public boolean isInTheAir(int server) {
        return asked.stream().anyMatch(one -> one.server() == server);
    }

    private record Asked(int server, Consumer<Probe> done) {}

    public int inTheAir() {
        return asked.size();
    }

    /// Most probes that were in the air at once.
    public int most() {
        return most;
    }

    public int probes() {
        return probes;
    }
}
