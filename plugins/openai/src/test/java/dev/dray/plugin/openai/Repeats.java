package dev.dray.plugin.openai;

import java.util.regex.Pattern;

/// Keeps tables readable: `x*600` stands for 600 times `x`, `[item]*16` for a list of 16 items.
final class Repeats {
    private static final Pattern LISTS = Pattern.compile("\\[([^\\[\\]]*)\\]\\*([0-9]+)");
    private static final Pattern LETTERS = Pattern.compile("([a-zA-Z0-9中])\\*([0-9]+)");

    private Repeats() {}

    static String resolved(String text) {
        String lists = LISTS.matcher(text).replaceAll(match -> {
            String item = match.group(1);
            return "["
                    + (item + ", ").repeat(Integer.parseInt(match.group(2)) - 1).replace("$", "\\$") + item + "]";
        });
        return LETTERS.matcher(lists).replaceAll(match -> match.group(1).repeat(Integer.parseInt(match.group(2))));
    }
}
