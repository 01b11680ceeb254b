package dev.dray.app.logging;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.LogRecord;

/// For a person: time, level, logger, message, `key=value`. A value that is more than a word stands in
/// quotes. Lines of a stack are indented, so that a line that is not is always an event.
final class TextForm implements LogForm {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String INDENT = "    ";

    @Override
    public String line(LogRecord entry) {
        LogStatement statement = LogStatement.of(entry);
        String logger = LogForm.logger(entry);
        var line = new StringBuilder(160)
                .append(TIME.format(entry.getInstant()))
                .append(' ')
                .append(LogForm.word(entry.getLevel()).toUpperCase(Locale.ROOT))
                .append(' ')
                .append(logger.substring(logger.lastIndexOf('.') + 1))
                .append(" - ");
        escape(line, statement.message());
        for (LogStatement.Member member : statement.members()) {
            line.append(' ').append(member.key()).append('=');
            value(line, member.value().toString());
        }
        statement
                .fault()
                .ifPresent(fault -> LogForm.stack(fault).lines().forEach(step -> {
                    line.append(System.lineSeparator()).append(INDENT);
                    escape(line, step.replace("\t", INDENT));
                }));
        return line.toString();
    }

    private static void value(StringBuilder line, String text) {
        if (!text.isEmpty() && text.chars().noneMatch(TextForm::needsQuotes)) {
            line.append(text);
            return;
        }
        line.append('"');
        escape(line, text.replace("\\", "\\\\").replace("\"", "\\\""));
        line.append('"');
    }

    private static boolean needsQuotes(int character) {
        return Character.isSpaceChar(character)
                || LogForm.isControl(character)
                || character == '"'
                || character == '='
                || character == '\\';
    }

    private static void escape(StringBuilder line, String text) {
        text.codePoints().forEach(character -> {
            if (LogForm.isControl(character)) {
                line.append(LogForm.escaped(character));
            } else {
                line.appendCodePoint(character);
            }
        });
    }
}
