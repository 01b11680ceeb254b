package dev.dray.benchmark.stand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How many files a process may have open here.
public final class OpenFiles {
    // Of a proxy that are not connections of streams.
    private static final int OTHERS = 300;

    private OpenFiles() {}

    /// So many streams as are wanted, or as a proxy can hold.
    public static int streams(int wanted) throws IOException {
        return Math.min(wanted, (limit() - OTHERS) / 2);
    }

    /// What a proxy needs for so many streams, as far as it may have it: each takes two files of it.
    static int ofProxy(int streams) throws IOException {
        return Math.min(2 * streams + OTHERS, limit());
    }

    private static int limit() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .mapToInt(line -> {
                    String soft = line.split("\\s+", -1)[3];
                    return soft.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(soft);
                })
                .findFirst()
                .orElseThrow();
    }
}
