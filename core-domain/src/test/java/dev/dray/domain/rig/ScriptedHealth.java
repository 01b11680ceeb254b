package dev.dray.domain.rig;

import dev.dray.port.outbound.ModelHealth;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// A health probe that answers when and as a test says, or inline with whatever it was told last.
public final class ScriptedHealth implements ModelHealth {
    private final Deque<Consumer<Probe>> asked = new ArrayDeque<>();
    private boolean inline;
    private Probe now = new Probe.Good();
    private int probes;
    private int most;

    /// From now on every probe is answered before `probe` returns.
    public void answerInline(Probe probe) {
        inline = true;
        now = probe;
    }

    @Override
    public void probe(Consumer<Probe> done) {
        probes++;
        if (inline) {
            done.accept(now);
            return;
        }
        asked.add(done);
        most = Math.max(most, asked.size());
    }

    /// Answers the oldest probe in the air.
    public void answer(Probe probe) {
        asked.remove().accept(probe);
    }

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
