package dev.dray.domain.benchmark;

import java.util.Arrays;
import java.util.Optional;

/// Spans of time as they are measured, in nanoseconds. Holds a limited number of them: where more come, every second
/// one kept is let go and from then on every second, fourth, eighth … is kept. The longest is never lost. Not
/// thread-safe.
final class Samples {
    /// Most spans that are held: 2 MB. The 99th percentile then still rests on a thousand or more.
    static final int LIMIT = 1 << 18;

    private double[] nanos = new double[16];
    private int size;
    private long seen;
    private int stride = 1;
    private double longest;

    /// One span more; less than a nanosecond counts as one.
    void add(long span) {
        double value = Math.max(1, span);
        longest = Math.max(longest, value);
        if (seen++ % stride != 0) {
            return;
        }
        if (size == LIMIT) {
            thin();
        }
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = value;
    }

    /// All that others have kept.
    void addAll(Samples others) {
        for (int i = 0; i < others.size; i++) {
            add((long) others.nanos[i]);
        }
        longest = Math.max(longest, others.longest);
    }

    private void thin() {
        size /= 2;
        for (int i = 0; i < size; i++) {
            nanos[i] = nanos[2 * i];
        }
        stride *= 2;
    }

    /// All of them; empty where there was none.
    Optional<Distribution> distribution() {
        if (size == 0) {
            return Optional.empty();
        }
        double[] all = Arrays.copyOf(nanos, size);
        Arrays.sort(all);
        all[size - 1] = longest;
        return Optional.of(Distribution.ofSorted(all));
    }
}
