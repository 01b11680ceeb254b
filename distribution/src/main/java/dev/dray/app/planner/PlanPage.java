package dev.dray.app.planner;

import dev.dray.app.admin.page.PageParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A report as one HTML file that needs nothing beside it: style, script, charts and figures are all in it.
public final class PlanPage {
    private static final String FOLDER = PlanPage.class.getPackageName().replace('.', '/') + "/";

    private PlanPage() {}

    /// The whole file.
    ///
    /// @throws IOException if the program is not whole
    public static String of(PlanReport report, List<Theory> theory) throws IOException {
        // No HTML parser may take a part of the figures for the end of their element.
        String data = PlanJson.forPage(report, theory).toString().replace("<", "\\u003c");
        return own("plan.html")
                .replace("/*style*/", library(PageParts.CHART_STYLE) + own("plan.css"))
                .replace("/*charts*/", library(PageParts.CHART_SCRIPT))
                .replace("/*script*/", own("plan.js"))
                .replace("/*data*/", data);
    }

    private static String library(String name) throws IOException {
        return new String(PageParts.read(name), StandardCharsets.UTF_8);
    }

    private static String own(String name) throws IOException {
        return new String(PageParts.resource(FOLDER + name), StandardCharsets.UTF_8);
    }
}
