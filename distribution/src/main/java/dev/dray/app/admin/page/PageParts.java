package dev.dray.app.admin.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// The files that pages are made of, read from the jars: the dashboard's own, and the chart library.
public final class PageParts {
    /// Script of the chart library.
    public static final String CHART_SCRIPT = "uPlot.iife.min.js";

    /// Style sheet of the chart library.
    public static final String CHART_STYLE = "uPlot.min.css";

    private static final String LIBRARY = "META-INF/resources/webjars/uplot/";
    private static final String LIBRARY_VERSION = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private PageParts() {}

    /// The content of a part.
    ///
    /// @param name one of the two above, or a file of the dashboard
    /// @throws IOException if the program is not whole
    public static byte[] read(String name) throws IOException {
        boolean isLibrary = name.equals(CHART_SCRIPT) || name.equals(CHART_STYLE);
        return resource(
                isLibrary ? library() + name : PageParts.class.getPackageName().replace('.', '/') + "/" + name);
    }

    /// Any resource of the program.
    ///
    /// @throws IOException if the program is not whole
    public static byte[] resource(String path) throws IOException {
        try (InputStream in = PageParts.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("part of the program is missing: no " + path
                        + " on the class path; expected in the jars of lib/; unpack dray again");
            }
            return in.readAllBytes();
        }
    }

    /// The library's folder is named by its version.
    private static String library() throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(new String(resource(LIBRARY_VERSION), StandardCharsets.UTF_8)));
        return LIBRARY + properties.getProperty("version") + "/dist/";
    }
}
