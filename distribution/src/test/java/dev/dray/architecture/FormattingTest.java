package dev.dray.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds every Java source of the project against the formatter. A test, because the formatter reads today's Java
/// only when it runs on today's Java, and Maven itself may run on an older one.
class FormattingTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void everySourceIsFormatted() throws IOException {
        List<Path> sources = sources();
        assertThat(sources).hasSizeGreaterThan(100);
        var unformatted = new ArrayList<Path>();
        for (Path source : sources) {
            if (!isFormatted(source)) {
                unformatted.add(PROJECT.relativize(source));
            }
        }
        assertThat(unformatted)
                .as("sources to format: run 'JAVA_HOME=<a JDK 25> mvn spotless:apply' and look at the difference")
                .isEmpty();
    }

    private static boolean isFormatted(Path source) throws IOException {
        String text = Files.readString(source);
        try {
            String imports = RemoveUnusedImports.removeUnusedImports(
                    ImportOrderer.reorderImports(text, JavaFormatterOptions.Style.PALANTIR));
            // The same steps as the Maven plugin that mends the format; long strings are left as they are.
            return FORMATTER.formatSource(imports).equals(text);
        } catch (FormatterException fault) {
            throw new AssertionError("cannot format " + PROJECT.relativize(source), fault);
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> !file.getFileName().toString().equals("module-info.java"))
                    .sorted()
                    .toList();
        }
    }
}
