package dev.dray.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a process holds at one moment, as Linux counts it.
///
/// @param descriptors open files and sockets
/// @param threads     of the platform's kind; virtual ones live on the heap
/// @param heapBytes   in use after a collection
record Footprint(long descriptors, long threads, long heapBytes) {
    static Footprint of(RunningProgram program, World world) throws IOException, InterruptedException {
        Path process = Path.of("/proc", "" + program.pid());
        // A full collection, or garbage would count.
        jcmd(program.pid(), "GC.run");
        double heap = MetricsPage.read(World.get(world.adminPort(), "/metrics").text()).values().entrySet().stream()
                .filter(series -> series.getKey().startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return new Footprint(descriptors(process), threads(process), (long) heap);
    }

    static long descriptors(RunningProgram program) throws IOException {
        return descriptors(Path.of("/proc", "" + program.pid()));
    }

    private static long descriptors(Path process) throws IOException {
        try (var files = Files.list(process.resolve("fd"))) {
            return files.count();
        }
    }

    private static long threads(Path process) throws IOException {
        return Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToLong(line -> Long.parseLong(line.substring(8).strip()))
                .sum();
    }

    /// What the JDK's own tool says of a process.
    static String jcmd(long pid, String... command) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add("" + pid);
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd said: " + said);
        }
        return said;
    }
}
