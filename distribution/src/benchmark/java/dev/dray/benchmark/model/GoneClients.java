package dev.dray.benchmark.model;

/// When the connections of idle streams were closed by the other side; told once.
final class GoneClients {
    private final StringBuilder lines = new StringBuilder();

    void note(int number, long nanos) {
        lines.append(number).append(' ').append(nanos).append('\n');
    }

    /// A line for each since the last call: the stream's number and a time of `System.nanoTime`.
    String take() {
        String all = lines.toString();
        lines.setLength(0);
        return all;
    }
}
