package dev.dray.app.logging;

import dev.dray.app.config.Config.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/// Where the output of a model server goes that dray has started: byte for byte beside a log for a person;
/// as events of the logger `dev.dray.model-output` in a log for a collector, which would choke on anything else.
public final class ModelOutput extends OutputStream {
    private static final System.Logger LOG = System.getLogger("dev.dray.model-output");
    private static final int LONGEST_LINE = 16 * 1024;

    private final OutputStream raw;
    private final LogLines log;
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /// @param raw where bytes go as they are
    public ModelOutput(OutputStream raw, LogLines log) {
        this.raw = raw;
        this.log = log;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (log.format() == LogFormat.TEXT) {
            raw.write(bytes, offset, length);
            return;
        }
        lock.lock();
        try {
            for (int i = offset; i < offset + length; i++) {
                take(bytes[i]);
            }
        } finally {
            lock.unlock();
        }
    }

    private void take(byte next) {
        if (next != '\n') {
            line.write(next);
        }
        if (next == '\n' || line.size() >= LONGEST_LINE) {
            String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
            line.reset();
            if (!text.isEmpty()) {
                LOG.log(Level.INFO, "model output line={0}", text);
            }
        }
    }

    @Override
    public void flush() throws IOException {
        raw.flush();
    }
}
