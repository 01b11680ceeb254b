package dev.dray.app;

/// Is told of each failure that keeps the worker from starting, and waits until another try is worth it.
@FunctionalInterface
interface StartTrouble {
    /// Tells of a failure, then waits.
    ///
    /// @param failure for a person: what failed, and why
    /// @throws InterruptedException if the thread was interrupted while it waited
    void pause(String failure) throws InterruptedException;
}
