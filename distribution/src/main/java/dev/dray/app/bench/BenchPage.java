package dev.dray.app.bench;

import dev.dray.app.admin.page.PageParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// A report as one HTML file that needs nothing beside it: styles, scripts and figures are all in it. It looks and
/// writes numbers as the dashboard does, with the same files.
public final class BenchPage {
    private static final String FOLDER = BenchPage.class.getPackageName().replace('.', '/') + "/";

    // In this order: the later use the earlier.
    private static final List<String> SHARED = List.of("dom.js", "format.js");
    private static final List<String> OWN = List.of("plots.js", "report.js");

    private BenchPage() {}

    /// The whole file.
    ///
    /// @throws IOException if the program is not whole
    public static String of(BenchReport report) throws IOException {
        String script = part(PageParts.CHART_SCRIPT) + "\n(() => {\n" + scripts() + "})();\n";
        return own("report.html")
                .replace("/*style*/", part(PageParts.CHART_STYLE) + part("dashboard.css") + own("report.css"))
                .replace("/*script*/", script)
                .replace("/*data*/", inert(BenchJson.forPage(report).toString()));
    }

    private static String scripts() throws IOException {
        var all = new StringBuilder();
        for (String name : SHARED) {
            all.append(joined(part(name)));
        }
        for (String name : OWN) {
            all.append(joined(own(name)));
        }
        return all.toString();
    }

    /// A module as part of one script: what it imports stands before it.
    private static String joined(String module) {
        return module.lines()
                .filter(line -> !line.startsWith("import "))
                .map(line -> line.startsWith("export ") ? line.substring("export ".length()) : line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /// JSON that no HTML parser takes for the end of its element.
    private static String inert(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String part(String name) throws IOException {
        return new String(PageParts.read(name), StandardCharsets.UTF_8);
    }

    private static String own(String name) throws IOException {
        return new String(PageParts.resource(FOLDER + name), StandardCharsets.UTF_8);
    }
}
