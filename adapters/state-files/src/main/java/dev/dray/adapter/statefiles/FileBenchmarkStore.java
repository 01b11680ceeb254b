package dev.dray.adapter.statefiles;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dray.model.BenchmarkResult;
import dev.dray.port.outbound.BenchmarkStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.util.HexFormat;
import java.util.Optional;

/// Keeps each benchmark result in a JSON file of its own, named by worker and key.
///
/// Two workers on one machine share a directory but no file, as their prefixes differ. The directory is made when
/// something is kept. A file that cannot be read or is not what was written counts as absent, one that cannot be
/// written is given up, both with a WARNING.
public final class FileBenchmarkStore implements BenchmarkStore {
    /// Far more than a result needs; a larger file is not ours.
    private static final long MAX_FILE_BYTES = 1 << 20;

    private static final Logger LOG = System.getLogger(FileBenchmarkStore.class.getName());

    private final ObjectMapper json = new ObjectMapper();
    private final Path directory;
    private final String prefix;

    /// A store in a directory, which need not be there yet.
    ///
    /// @param prefix names the worker, for example `3000-C.1234` of port and container id; what is not a letter,
    ///     digit, `.`, `_` or `-` becomes `_` in the files' names
    public FileBenchmarkStore(Path directory, String prefix) {
        this.directory = directory;
        this.prefix = prefix.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    @Override
    public Optional<BenchmarkResult> load(String key) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return read(file, key);
        } catch (IOException | IllegalArgumentException | DateTimeException | NullPointerException fault) {
            LOG.log(Level.WARNING, "kept benchmark not readable, measuring anew file={0}", file, fault);
            return Optional.empty();
        }
    }

    private Optional<BenchmarkResult> read(Path file, String key) throws IOException {
        long bytes = Files.size(file);
        if (bytes > MAX_FILE_BYTES) {
            throw new IOException("%d bytes, expected at most %d; delete it".formatted(bytes, MAX_FILE_BYTES));
        }
        KeptBenchmark kept = json.readValue(Files.readAllBytes(file), KeptBenchmark.class);
        // The name holds a hash: the key inside says for certain whose result it is.
        return key.equals(kept.key()) ? Optional.of(kept.result()) : Optional.empty();
    }

    @Override
    public void save(String key, BenchmarkResult result) {
        Path file = file(key);
        try {
            byte[] text = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(KeptBenchmark.of(key, result));
            WholeFile.replace(file, text);
        } catch (IOException fault) {
            LOG.log(Level.WARNING, "benchmark not kept, next start measures anew file={0}", file, fault);
        }
    }

    private Path file(String key) {
        return directory.resolve(prefix + "-benchmark-" + hash(key) + ".json");
    }

    // 128 bits: no two keys of one machine share them.
    private static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", absent);
        }
    }
}
