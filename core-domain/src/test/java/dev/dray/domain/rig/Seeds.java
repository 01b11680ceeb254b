package dev.dray.domain.rig;

import java.util.stream.LongStream;

/// The seeds that property tests run with.
public final class Seeds {
    private Seeds() {}

    /// 200 of them, always the same.
    public static LongStream all() {
        return LongStream.range(0, 200);
    }
}
