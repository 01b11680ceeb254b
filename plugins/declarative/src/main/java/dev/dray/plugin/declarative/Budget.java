package dev.dray.plugin.declarative;

/// What one evaluation may cost, about a millisecond, counted in steps rather than by a clock: the same
/// payload then has the same price on a fast machine and on a busy one.
///
/// A step is an element or member that is kept, or 40 bytes of text that are decoded: some ten
/// nanoseconds. Walking over what is not looked at is free, as it is no more than the client's bytes
/// were when they arrived. Iterations have a limit of their own, [Language#MOST_ITERATIONS].
final class Budget {
    private static final long STEPS = 100_000;
    private static final int BYTES_IN_A_STEP = 40;

    private long left = STEPS;

    /// Takes a step.
    ///
    /// @throws OverBudgetException if none is left
    void step() {
        spend(1);
    }

    /// Takes the steps that a text costs.
    ///
    /// @throws OverBudgetException if not as many are left
    void text(int bytes) {
        spend(bytes / BYTES_IN_A_STEP);
    }

    private void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new OverBudgetException();
        }
    }

    /// The evaluation has cost too much.
    static final class OverBudgetException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        OverBudgetException() {
            super("it takes more than its budget: it looks at more than 4 MB of text, or at more than 100,000 values");
        }
    }
}
