package dev.dray.app.config;

import dev.dray.model.Bytes;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Takes out of a setting what nobody should see on a screen. Keys that are secret as a whole come
/// without their value already; this is for those that may hold one: a URL with a password, a command
/// with a key among its arguments.
public final class Secrets {
    private static final String HIDDEN = "(set)";
    private static final String COMMAND = "command";
    private static final Pattern LOG_IN = Pattern.compile("://[^/@\\s\"]+@");
    private static final Pattern TELLING = Pattern.compile(".*(key|token|secret|password|passwd|credential).*");

    private Secrets() {}

    /// The variables that hold a secret of the worker's own, which no process it starts has to know.
    public static Set<String> variables() {
        return Keys.ALL.stream()
                .filter(key -> key.rank() == Key.Rank.SECRET || key.rank() == Key.Rank.SECRET_VARIABLE)
                .flatMap(key -> key.variable().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The same setting, fit to be shown.
    public static Effective hidden(Effective setting) {
        String value = LOG_IN.matcher(setting.value()).replaceAll("://" + HIDDEN + "@");
        if (setting.key().endsWith(COMMAND) || value.contains("\"" + COMMAND + "\"")) {
            value = command(value);
        }
        return new Effective(setting.key(), value, setting.origin());
    }

    private static String command(String json) {
        try {
            return shown(JsonValue.parse(Bytes.utf8(json)));
        } catch (InvalidJsonException _) {
            return HIDDEN;
        }
    }

    private static String shown(JsonValue value) {
        return switch (value) {
            case JsonArray array -> {
                var shown = new ArrayList<String>();
                boolean next = false;
                for (JsonValue element : array.elements()) {
                    shown.add(next && element instanceof JsonString ? quoted(HIDDEN) : argument(element));
                    next = element.text().filter(Secrets::announcesSecret).isPresent();
                }
                yield "[" + String.join(", ", shown) + "]";
            }
            case JsonValue.JsonObject object -> {
                List<String> members = object.members().stream()
                        .map(member -> quoted(member.name()) + ": " + shown(member.value()))
                        .toList();
                yield "{" + String.join(", ", members) + "}";
            }
            default -> value.source().utf8Text();
        };
    }

    // `--api-key=…`, or `TOKEN=… serve` of a shell.
    private static String argument(JsonValue value) {
        String text = value.text().orElse("");
        int equals = text.indexOf('=');
        return equals > 0 && tells(text.substring(0, equals))
                ? quoted(text.substring(0, equals + 1) + HIDDEN)
                : shown(value);
    }

    private static boolean announcesSecret(String argument) {
        return argument.startsWith("-") && !argument.contains("=") && tells(argument);
    }

    private static boolean tells(String name) {
        return TELLING.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
