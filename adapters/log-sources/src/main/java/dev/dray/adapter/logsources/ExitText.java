package dev.dray.adapter.logsources;

import java.util.List;
import java.util.Map;

/// Says how a process ended.
final class ExitText {
    /// The JDK, like a shell, tells death by signal n as status 128 + n.
    private static final int SIGNALLED = 128;

    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(10, "SIGUSR1"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(12, "SIGUSR2"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"),
            Map.entry(31, "SIGSYS"));

    private ExitText() {}

    /// @param lastLines what it wrote last, where `setsid` says that it found nothing to run
    static String of(int status, List<String> lastLines) {
        if ((status == 126 || status == 127)
                && lastLines.size() == 1
                && lastLines.getFirst().startsWith("setsid: ")) {
            return notStarted("the system refused to run it, " + lastLines.getFirst()
                    + "; expected a program for this machine; correct 'model.command'");
        }
        String signal = SIGNALS.get(status - SIGNALLED);
        return signal == null
                ? "exited with status " + status
                : "was killed by signal " + (status - SIGNALLED) + " (" + signal + ")";
    }

    static String notStarted(String why) {
        return "could not be started: " + why;
    }
}
