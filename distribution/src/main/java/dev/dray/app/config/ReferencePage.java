package dev.dray.app.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of keys as a page of Markdown.
final class ReferencePage {
    private static final String HEAD = """
            # Configuration reference

            Every key of `worker.yaml`. This page is written by `dray schema --markdown` from the table that the settings are read with,
            [Keys](src/main/java/dev/dray/app/config/Keys.java); a test holds that they are the same.

            A command-line option wins over the file, the file over the environment variable, the variable over the default. Durations are `500ms`,
            `60s`, `10m`, `2h` or a number of seconds; sizes `25MiB`, `1GB` or a number of bytes. Paths are relative to the file. In a variable a list
            is parted by commas. `dray check` shows what takes effect and where it comes from; an editor that speaks JSON Schema completes and checks
            the file by its first line, `# yaml-language-server: $schema=worker.schema.json` ([the schema](src/main/dist/conf/worker.schema.json)).
            """;

    private static final Map<String, String> ABOUT = Map.of(
            "", "At the top of the file",
            "model", "The model server",
            "log-actions", "Lines of its log that mean something; each is a piece of a line",
            "handlers[]", "Routes: a list, each entry laid over what the plugin says of its route",
            "security", "Who may use the worker",
            "platform", "What the platform knows this worker by");

    private ReferencePage() {}

    static String text() {
        Map<String, List<Key<?>>> groups = Stream.concat(Keys.ALL.stream(), HandlerKeys.ALL.stream())
                .collect(Collectors.groupingBy(ReferencePage::group, LinkedHashMap::new, Collectors.toList()));
        var page = new StringBuilder(HEAD);
        groups.forEach((name, keys) -> {
            page.append("\n## ").append(name.isEmpty() ? "Top level" : name).append("\n\n");
            if (ABOUT.containsKey(name)) {
                page.append(ABOUT.get(name)).append(".\n\n");
            }
            page.append("| key | type | default | variable | meaning |\n|---|---|---|---|---|\n");
            keys.forEach(key -> page.append(row(key)));
        });
        return page.toString();
    }

    private static String group(Key<?> key) {
        int dot = key.path().indexOf('.');
        return dot < 0 ? "" : key.path().substring(0, dot);
    }

    private static String row(Key<?> key) {
        String secret = switch (key.rank()) {
            case PLAIN -> "";
            case SECRET -> "; **secret**: never shown";
            case SECRET_VARIABLE -> "; **secret**: never shown, has no place in the file";
        };
        return "| `%s` | %s | %s | %s | %s%s |\n"
                .formatted(
                        key.path(),
                        cell(key.kind().expected()),
                        key.defaultText().map(text -> "`" + text + "`").orElse(""),
                        key.variable().map(name -> "`$" + name + "`").orElse(""),
                        cell(key.meaning()),
                        secret);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
