package dev.dray.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.PluginFolders;
import dev.dray.app.plugin.PluginCatalog;
import dev.dray.app.plugin.PluginDescription;
import dev.dray.app.plugin.PluginEntry;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists the plugins.
@Command(
        name = "plugins",
        description = "Lists the plugins that were found, and those that were refused with the reason.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  dray plugins",
            "  dray plugins --plugins ~/my-plugin/target",
            "  dray plugins --json | jq -r '.plugins[].id'",
            "",
            "Exit codes: 0 listed, also where some were refused."
        })
final class PluginsCommand implements TerminalCommand {
    private final Terminal terminal;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "More plugins, beside the shipped ones; may be repeated.")
    private List<Path> plugins = List.of();

    PluginsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PluginCatalog catalog = PluginFolders.scan(plugins, System.getenv());
        catalog.warnings().forEach(warning -> terminal.say("warning: " + warning));
        if (json) {
            terminal.print(asJson(catalog).toPrettyString());
        } else {
            printTable(catalog);
        }
        return ExitCode.DONE;
    }

    private void printTable(PluginCatalog catalog) {
        for (PluginEntry entry : catalog.entries()) {
            PluginDescription description = PluginDescription.of(entry, PluginFolders.lending());
            terminal.print(
                    "%-14s %-10s %s".formatted(entry.id(), entry.version(), String.join(" ", description.routes())));
            if (!entry.aliases().isEmpty()) {
                terminal.print("%-14s also: %s".formatted("", String.join(", ", entry.aliases())));
            }
            description.problems().forEach(problem -> terminal.print("%-14s needs: %s".formatted("", problem)));
            terminal.print("%-14s %s".formatted("", entry.jar()));
        }
        catalog.refused().forEach(refused -> terminal.print("refused        " + refused.text()));
    }

    private static ObjectNode asJson(PluginCatalog catalog) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode found = root.putArray("plugins");
        for (PluginEntry entry : catalog.entries()) {
            PluginDescription description = PluginDescription.of(entry, PluginFolders.lending());
            ObjectNode plugin = found.addObject()
                    .put("id", entry.id())
                    .put("version", entry.version())
                    .put("jar", entry.jar().toString());
            ArrayNode aliases = plugin.putArray("aliases");
            entry.aliases().stream().sorted().forEach(aliases::add);
            ArrayNode routes = plugin.putArray("routes");
            description.routes().forEach(routes::add);
            ArrayNode problems = plugin.putArray("problems");
            description.problems().forEach(problems::add);
        }
        ArrayNode refused = root.putArray("refused");
        catalog.refused()
                .forEach(one -> refused.addObject()
                        .put("name", one.name())
                        .put("jar", one.path().toString())
                        .put("reason", one.reason()));
        return root;
    }
}
