package dev.dray.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pages that name tests as evidence: each of those tests is there.
class ThreatModelTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|IT))\\.(\\w+)`");
    private static final Path ROOT = Path.of("..");

    static List<String> named() throws IOException {
        return NAMED.matcher(Files.readString(Path.of("THREAT-MODEL.md")) + Files.readString(Path.of("README.md")))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("named")
    void namesOnlyTestsThatAreThere(String name) throws IOException {
        var parts = NAMED.matcher(name);
        assertThat(parts.matches()).isTrue();
        List<Path> sources;
        try (var files = Files.walk(ROOT)) {
            sources = files.filter(file -> file.endsWith(parts.group(1) + ".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        }

        assertThat(sources).as(parts.group(1)).hasSize(1);
        assertThat(Files.readString(sources.getFirst())).contains("void " + parts.group(2) + "(");
    }

    @Test
    void namesManyTests() throws IOException {
        assertThat(named()).hasSizeGreaterThan(40);
    }
}
