package dev.dray.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs Jazzer on one target as a process of its own: it changes classes as they are loaded, and ends the process when
/// a
/// promise is broken.
final class Jazzer {
    private final Target target;
    private final Path found;
    private final List<String> limits = new ArrayList<>();

    /// @param found where inputs go that reach something new; kept ones are read beside them, and not changed
    Jazzer(Target target, Path found) {
        this.target = target;
        this.found = found;
    }

    /// The same inputs each time.
    Jazzer inputs(int count) {
        limits.addAll(List.of("-runs=" + count, "-seed=1"));
        return this;
    }

    Jazzer seconds(int seconds) {
        limits.add("-max_total_time=" + seconds);
        return this;
    }

    /// What became of it.
    ///
    /// @param exit   0 where every promise was kept
    /// @param output all it printed
    record Result(int exit, String output) {
        /// Branches that were reached, the last figure printed.
        int coverage() {
            int at = output.lastIndexOf("cov: ");
            return at < 0 ? 0 : Integer.parseInt(output.substring(at + 5).replaceFirst("(?s)[^0-9].*", ""));
        }
    }

    Result run() throws IOException, InterruptedException {
        Files.createDirectories(found);
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-Xmx400m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-Xlog:disable"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer"));
        command.add("--target_class=" + target.className());
        command.add("--instrumentation_includes=" + target.guide());
        // Only what dray promises counts: other classes need no hooks, and a target may speak to itself over a socket.
        command.add("--custom_hook_includes=dev.dray.fuzz.none.**");
        command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery");
        command.add("--reproducer_path=" + found);
        command.add("-artifact_prefix=" + found + "/");
        command.add("-max_len=2048");
        command.add("-rss_limit_mb=4096");
        command.addAll(limits);
        command.add(found.toString());
        command.add(target.corpus().toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
