package dev.dray.domain.readiness;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reasons of a fault as the platform is told them: one line, at most [#MOST_CHARS] long, whatever they
/// are made of.
public final class FaultText {
    /// The platform shows it in one cell of a table; a fault that needs more is read in the log.
    public static final int MOST_CHARS = 500;

    /// Lines of a process's output that are quoted: the end of a stack trace, with the message.
    private static final int MOST_LINES = 5;

    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

    private FaultText() {}

    /// A text in one line, cut at its end where it is too long.
    public static String of(String text) {
        String line = oneLine(text);
        if (line.length() <= MOST_CHARS) {
            return line;
        }
        // Never half a surrogate pair.
        int end = Character.isHighSurrogate(line.charAt(MOST_CHARS - 2)) ? MOST_CHARS - 2 : MOST_CHARS - 1;
        return line.substring(0, end) + "…";
    }

    /// A text followed by the last lines of an output, as far as there is room: of the lines, the end
    /// matters.
    ///
    /// @param text  what happened and what follows
    /// @param lines oldest first; blank ones do not count
    public static String of(String text, List<String> lines) {
        String head = of(text);
        List<String> told = lines.stream()
                .map(FaultText::oneLine)
                .filter(line -> !line.isEmpty())
                .toList();
        String tail = told.stream().skip(Math.max(0, told.size() - MOST_LINES)).collect(Collectors.joining(" | "));
        String lead = "; its last lines: ";
        int room = MOST_CHARS - head.length() - lead.length();
        if (tail.isEmpty() || room < 2) {
            return head;
        }
        return head + lead + (tail.length() <= room ? tail : end(tail, room));
    }

    /// The message of a fault, or its class where it has none.
    public static String of(Throwable fault) {
        String message = fault.getMessage();
        return of(message == null || message.isBlank() ? fault.getClass().getName() : message);
    }

    private static String end(String text, int length) {
        int start = text.length() - length + 1;
        return "…" + text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
    }

    private static String oneLine(String text) {
        return BLANKS.matcher(COLOUR.matcher(text).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }
}
