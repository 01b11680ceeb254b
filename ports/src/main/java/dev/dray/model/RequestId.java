package dev.dray.model;

/// Names one request inside this worker: 1, 2, 3 … in order of arrival, never used twice in a process.
///
/// @param number 1 or more
public record RequestId(long number) {
    public RequestId {
        if (number < 1) {
            throw new IllegalArgumentException("request id must be 1 or more, got " + number);
        }
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
