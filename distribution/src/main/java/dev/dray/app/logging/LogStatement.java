package dev.dray.app.logging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a log record says, taken apart.
///
/// @param message what happened; the whole text of a record that is no template of keys
/// @param members keys with their values, in the order of the statement
/// @param fault   what was thrown
record LogStatement(String message, List<Member> members, Optional<Throwable> fault) {
    // Of records that are no template: places for parameters in the manner of java.text.MessageFormat.
    private static final Formatter MESSAGES = new SimpleFormatter();

    private static final Pattern PAIR = Pattern.compile(" ([a-z][a-z0-9_.]*)=\\{(\\d{1,2})}");
    private static final Pattern TEMPLATE = Pattern.compile("[^={}]+(?:" + PAIR.pattern() + ")*");

    LogStatement {
        members = List.copyOf(members);
    }

    /// One key with its value.
    record Member(String key, Object value) {}

    static LogStatement of(LogRecord entry) {
        String text = String.valueOf(entry.getMessage());
        @Nullable Object[] values = entry.getParameters();
        if (values == null || values.length == 0 || !TEMPLATE.matcher(text).matches()) {
            return new LogStatement(MESSAGES.formatMessage(entry), List.of(), Optional.ofNullable(entry.getThrown()));
        }
        var members = new ArrayList<Member>();
        Matcher pair = PAIR.matcher(text);
        int end = text.length();
        while (pair.find()) {
            end = Math.min(end, pair.start());
            int place = Integer.parseInt(pair.group(2));
            Object value = place < values.length ? values[place] : null;
            if (value != null && !isNothing(value)) {
                members.add(new Member(pair.group(1), value));
            }
        }
        return new LogStatement(text.substring(0, end), members, Optional.ofNullable(thrown(entry, values)));
    }

    // System.Logger has no method that takes values and an exception.
    private static @Nullable Throwable thrown(LogRecord entry, @Nullable Object[] values) {
        return entry.getThrown() == null && values[values.length - 1] instanceof Throwable fault
                ? fault
                : entry.getThrown();
    }

    private static boolean isNothing(Object value) {
        return value.equals("") || value.equals(Optional.empty()) || value instanceof Throwable;
    }
}
