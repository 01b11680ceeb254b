package dev.dray.adapter.logsources;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/// One file behind the path: open, known by its inode, read up to a position.
///
/// As long as it is open its inode is not given to another file, so another key at the path is another file.
final class OpenLog implements AutoCloseable {
    private final FileChannel channel;
    private final Object key;
    private long position;

    private OpenLog(FileChannel channel, Object key) {
        this.channel = channel;
        this.key = key;
    }

    /// Which file lies at a path: device and inode; empty where there is no regular file.
    static Optional<Object> keyAt(Path path) throws IOException {
        // Asked first, as it makes no exception of an absent file, which is looked for many times a second.
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        // Where the file system has no such key, the path is all there is to know a file by.
        return Optional.of(Objects.requireNonNullElse(attributes.fileKey(), path));
    }

    /// Opens what lies at a path; empty if there is nothing, or if it was replaced in this very moment.
    static Optional<OpenLog> open(Path path) throws IOException {
        Optional<Object> before = keyAt(path);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        boolean same = false;
        try {
            // There is no way to ask the open file for its key: take it only if the path did not change meanwhile.
            same = keyAt(path).equals(before);
        } finally {
            if (!same) {
                channel.close();
            }
        }
        return same ? Optional.of(new OpenLog(channel, before.get())) : Optional.empty();
    }

    boolean is(Object otherKey) {
        return key.equals(otherKey);
    }

    long size() throws IOException {
        return channel.size();
    }

    long position() {
        return position;
    }

    void seek(long newPosition) {
        position = newPosition;
    }

    /// Reads on from the position, which moves.
    ///
    /// @return number of bytes now in the buffer's array; 0 at the end of the file
    int read(ByteBuffer buffer, long limit) throws IOException {
        buffer.clear().limit(Math.clamp(limit - position, 0, buffer.capacity()));
        int count = Math.max(channel.read(buffer, position), 0);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
