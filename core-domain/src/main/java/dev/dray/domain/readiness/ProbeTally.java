package dev.dray.domain.readiness;

/// Counts health probes of one kind in a row, so that one odd answer decides nothing.
public final class ProbeTally {
    private final int down;
    private final int up;
    private int bad;
    private int good;

    /// With nothing counted yet.
    ///
    /// @param down bad probes in a row that count as down; 1 or more
    /// @param up   good probes in a row that count as up; 1 or more
    public ProbeTally(int down, int up) {
        this.down = down;
        this.up = up;
    }

    public void reset() {
        bad = 0;
        good = 0;
    }

    /// Counts a good probe.
    ///
    /// @return whether there were enough in a row
    public boolean good() {
        bad = 0;
        good = Math.min(good + 1, up);
        return good >= up;
    }

    /// Counts a bad probe.
    ///
    /// @return whether there were enough in a row
    public boolean bad() {
        good = 0;
        bad = Math.min(bad + 1, down);
        return bad >= down;
    }
}
