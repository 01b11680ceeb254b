package dev.dray.adapter.controlplanevast;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// Bytes in use on `/`. Used by one thread at a time.
final class DiskUsage implements LongSupplier {
    private static final System.Logger LOG = System.getLogger(DiskUsage.class.getName());

    private long last;
    private boolean told;

    /// The last value known where it cannot be read: a report without it is better than no report.
    @Override
    public long getAsLong() {
        try {
            FileStore root = Files.getFileStore(Path.of("/"));
            last = root.getTotalSpace() - root.getUnallocatedSpace();
        } catch (IOException e) {
            if (!told) {
                told = true;
                LOG.log(Level.WARNING, "disk usage of / cannot be read; it is reported as unchanged", e);
            }
        }
        return last;
    }
}
