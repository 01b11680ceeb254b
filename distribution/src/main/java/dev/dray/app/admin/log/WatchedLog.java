package dev.dray.app.admin.log;

import dev.dray.port.inbound.ObserveModelLog;

/// Tells lines to their reader first, which decides on readiness by them, then keeps them.
record WatchedLog(ModelLines lines, int server, ObserveModelLog reader) implements ObserveModelLog {
    @Override
    public void runBegan(String source) {
        reader.runBegan(source);
        lines.runBegan(server);
    }

    @Override
    public void line(LogLine line) {
        reader.line(line);
        lines.line(server, line.number(), line.text());
    }

    @Override
    public void caughtUp() {
        reader.caughtUp();
    }
}
