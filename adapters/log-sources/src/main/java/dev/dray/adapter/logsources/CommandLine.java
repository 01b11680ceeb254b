package dev.dray.adapter.logsources;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A command line for people: short, in one line, and without its keys.
///
/// A word is masked where its flag's name says so (`--api-key x`, `HF_TOKEN=x`) or where it looks like a key itself.
/// Rather one mask too many: this is only a label.
final class CommandLine {
    private static final int MAX_LETTERS = 200;
    private static final String MASK = "***";
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern WORDS_OF_A_NAME = Pattern.compile("[^a-z0-9]+");
    private static final Pattern URL_USER = Pattern.compile("://[^/@]*@");
    private static final Set<String> SECRET_WORDS = Set.of(
            "key",
            "keys",
            "apikey",
            "token",
            "secret",
            "password",
            "passwd",
            "pass",
            "pwd",
            "credential",
            "credentials",
            "auth",
            "authorization",
            "bearer");

    /// Well-known beginnings, or 32 and more letters and digits in a row, both of them among them.
    private static final Pattern KEY = Pattern.compile("['\"]?(?:(?:sk|pk|hf|ghp|gho|glpat|nvapi|xox[abp])[-_]\\w{8}.*"
            + "|AKIA\\w{12}.*|eyJ[\\w-]{8,}\\..*|(?=\\w*[0-9])(?=\\w*[A-Za-z])\\w{32,}['\"]?)");

    private CommandLine() {}

    static String shown(List<String> command) {
        String text = String.join(" ", masked(command)).replaceAll("[\\p{Cntrl}]", "?");
        return text.length() <= MAX_LETTERS ? text : text.substring(0, MAX_LETTERS) + "…";
    }

    private static List<String> masked(List<String> words) {
        List<String> shown = new ArrayList<>();
        boolean secretFollows = false;
        for (String word : words) {
            shown.add(secretFollows && !word.startsWith("--") ? MASK : masked(word));
            secretFollows = word.indexOf('=') < 0 && !BLANKS.matcher(word).find() && namesSecret(word);
        }
        return shown;
    }

    private static String masked(String word) {
        if (BLANKS.matcher(word).find()) {
            // A script, as in `sh -c '…'`, is itself a command line.
            return String.join(" ", masked(List.of(BLANKS.split(word))));
        }
        int equals = word.indexOf('=');
        if (equals > 0) {
            String name = word.substring(0, equals);
            String value = word.substring(equals + 1);
            return name + "=" + (namesSecret(name) || KEY.matcher(value).matches() ? MASK : masked(value));
        }
        return KEY.matcher(word).matches() ? MASK : URL_USER.matcher(word).replaceAll("://" + MASK + "@");
    }

    private static boolean namesSecret(String name) {
        return WORDS_OF_A_NAME.splitAsStream(name.toLowerCase(Locale.ROOT)).anyMatch(SECRET_WORDS::contains);
    }
}
