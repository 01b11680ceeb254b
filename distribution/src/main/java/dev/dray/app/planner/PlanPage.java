package dev.dray.app.planner;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/// A report as one HTML file that needs nothing beside it: style, script, charts and figures are all in it.
public final class PlanPage {
    private static final String FOLDER = PlanPage.class.getPackageName().replace('.', '/') + "/";
    private static final String CHARTS = "META-INF/resources/webjars/uplot/";
    private static final String CHARTS_VERSION = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private PlanPage() {}

    /// The whole file.
    ///
    /// @throws IOException if the program is not whole
    public static String of(PlanReport report, List<Theory> theory) throws IOException {
        var version = new Properties();
        version.load(new StringReader(text(CHARTS_VERSION)));
        String charts = CHARTS + version.getProperty("version") + "/dist/";
        // No HTML parser may take a part of the figures for the end of their element.
        String data = PlanJson.forPage(report, theory).toString().replace("<", "\\u003c");
        return text(FOLDER + "plan.html")
                .replace("/*style*/", text(charts + "uPlot.min.css") + text(FOLDER + "plan.css"))
                .replace("/*charts*/", text(charts + "uPlot.iife.min.js"))
                .replace("/*script*/", text(FOLDER + "plan.js"))
                .replace("/*data*/", data);
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = PlanPage.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("the program is not whole: '%s' is missing".formatted(resource));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
