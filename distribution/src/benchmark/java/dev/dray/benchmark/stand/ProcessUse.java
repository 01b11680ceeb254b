package dev.dray.benchmark.stand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What a process and its children have used so far, as the kernel counts it in `/proc` [1].
///
/// [1] proc(5), `/proc/pid/stat` and `/proc/pid/status`
///
/// @param cpuSeconds    user and system time of all threads, those that ended too; to 10 ms
/// @param residentBytes memory of the processes that is in RAM now
/// @param ownBytes      of that, what no file gives
public record ProcessUse(double cpuSeconds, long residentBytes, long ownBytes) {
    // USER_HZ, which is 100 on every Linux that Java runs on.
    private static final double TICKS_PER_SECOND = 100;
    private static final int UTIME = 11;
    private static final int STIME = 12;

    public static final ProcessUse NONE = new ProcessUse(0, 0, 0);

    /// Of a process and all below it.
    public static ProcessUse of(ProcessHandle process) throws IOException {
        ProcessUse sum = NONE;
        for (ProcessHandle each :
                Stream.concat(Stream.of(process), process.descendants()).toList()) {
            Path folder = Path.of("/proc/" + each.pid());
            List<String> status = Files.readAllLines(folder.resolve("status"));
            sum = sum.plus(new ProcessUse(
                    cpuSeconds(Files.readString(folder.resolve("stat"))),
                    bytes(status, "VmRSS:"),
                    bytes(status, "RssAnon:")));
        }
        return sum;
    }

    /// The processor time in the text of `/proc/pid/stat`. The program's name in it may hold blanks and parentheses.
    static double cpuSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
    }

    /// A row of `/proc/pid/status` that is counted in kilobytes.
    static long bytes(List<String> status, String row) {
        return status.stream()
                .filter(line -> line.startsWith(row))
                .mapToLong(line -> Long.parseLong(Arrays.stream(line.split("\\s+", -1))
                                .skip(1)
                                .findFirst()
                                .orElseThrow())
                        * 1024)
                .findFirst()
                .orElse(0);
    }

    ProcessUse plus(ProcessUse other) {
        return new ProcessUse(
                cpuSeconds + other.cpuSeconds, residentBytes + other.residentBytes, ownBytes + other.ownBytes);
    }
}
