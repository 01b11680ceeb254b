package dev.dray.fuzz;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a target promises: a plain check, as an assertion library would take most of a fuzzer's time.
public final class Promise {
    private Promise() {}

    public static void hold(boolean kept, String promise) {
        if (!kept) {
            throw new AssertionError("broken: " + promise);
        }
    }

    public static void same(@Nullable Object ours, @Nullable Object expected, String promise) {
        if (!Objects.equals(ours, expected)) {
            throw new AssertionError("broken: %s; ours: <%s>, expected: <%s>".formatted(promise, ours, expected));
        }
    }
}
