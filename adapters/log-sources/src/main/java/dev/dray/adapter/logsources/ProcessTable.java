package dev.dray.adapter.logsources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/// The kernel's list of processes (proc(5)); empty where there is none, as on a Mac.
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /// All processes for which this is so.
    static List<Long> all(LongPredicate wanted) {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                if (wanted.test(pid)) {
                    found.add(pid);
                }
            }
        } catch (IOException | NumberFormatException notLinux) {
            return List.of();
        }
        return found;
    }

    /// Whether a process has ended and only its entry is left, because its parent has not asked for its status.
    static boolean isZombie(long pid) {
        List<String> fields = stat(pid);
        return !fields.isEmpty()
                && (fields.getFirst().equals("Z") || fields.getFirst().equals("X"));
    }

    /// Whether a process belongs to the session that this leader began.
    static boolean inSession(long pid, long leader) {
        List<String> fields = stat(pid);
        // State, parent, group, session.
        return fields.size() > 3 && fields.get(3).equals(Long.toString(leader));
    }

    /// Whether a process was started with this text, `NAME=value`, in its environment.
    static boolean hasInEnvironment(long pid, String setting) {
        String environment = read(pid, "environ");
        return environment.startsWith(setting + "\0") || environment.contains("\0" + setting + "\0");
    }

    /// The fields behind the name, which itself may hold anything; none if the process is gone.
    private static List<String> stat(long pid) {
        String text = read(pid, "stat");
        int behindName = text.lastIndexOf(')') + 2;
        return behindName < 2 || behindName >= text.length()
                ? List.of()
                : List.of(text.substring(behindName).split(" ", 5));
    }

    private static String read(long pid, String what) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(what), StandardCharsets.ISO_8859_1);
        } catch (IOException goneOrNotOurs) {
            return "";
        }
    }
}
