package dev.dray.adapter.statefiles;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The file behind a journal, and the lock that makes it one process's. Used by one thread at a time.
final class JournalFile {
    // Below this a new file saves nothing worth the writing.
    private static final long MIN_REWRITE_BYTES = 8 << 20;

    private final Path file;
    private final Path lockFile;
    private @Nullable FileChannel lockChannel;
    private @Nullable FileOutputStream out;
    private long bytes;
    private long bytesWhenNew;

    JournalFile(Path directory, String prefix) {
        this.file = directory.resolve(prefix + "-outcomes.log");
        this.lockFile = directory.resolve(prefix + "-outcomes.lock");
    }

    Path path() {
        return file;
    }

    /// Makes the file this process's until [#close()]; makes the directory where it is missing.
    ///
    /// @return whether it is; false where another process has it
    boolean claim() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another journal in this very process.
        } finally {
            if (lock == null) {
                channel.close();
            } else {
                lockChannel = channel;
            }
        }
        return lock != null;
    }

    /// Adds lines and forces them to disk.
    void append(List<JournalLine> lines) throws IOException {
        byte[] text = text(lines);
        FileOutputStream stream = out;
        if (stream == null) {
            stream = new FileOutputStream(file.toFile(), true);
            out = stream;
            bytes = stream.getChannel().size();
        }
        stream.write(text);
        stream.getFD().sync();
        bytes += text.length;
    }

    /// Whether most of what stands in the file is no longer needed.
    boolean isDue() {
        return bytes > MIN_REWRITE_BYTES && bytes > 2 * bytesWhenNew;
    }

    /// Puts a new file of these lines in the place of the old one.
    void replace(List<JournalLine> lines) throws IOException {
        closeStream();
        byte[] text = text(lines);
        WholeFile.replace(file, text);
        bytes = text.length;
        bytesWhenNew = text.length;
    }

    void close() throws IOException {
        try {
            closeStream();
        } finally {
            FileChannel channel = lockChannel;
            lockChannel = null;
            if (channel != null) {
                channel.close();
            }
        }
    }

    private void closeStream() throws IOException {
        FileOutputStream stream = out;
        out = null;
        if (stream != null) {
            stream.close();
        }
    }

    private static byte[] text(List<JournalLine> lines) {
        var text = new ByteArrayOutputStream(lines.size() * 100);
        lines.forEach(line -> line.writeTo(text));
        return text.toByteArray();
    }
}
