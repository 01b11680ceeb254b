package dev.dray.app;

/// The worker was told to stop before it had started.
final class GivenUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
