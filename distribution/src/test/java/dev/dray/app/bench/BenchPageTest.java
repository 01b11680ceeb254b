package dev.dray.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchPageTest {
    private static final Pattern DECLARED =
            Pattern.compile("(?m)^(?:async )?(?:function|const|let|class) (?:\\{[^}]*}|(\\w+))");

    @Test
    void needsNothingBesideIt() throws IOException {
        String page = BenchPage.of(new Measured().report());

        assertThat(page)
                .contains("uPlot")
                .contains("--ground")
                .contains("\"knee\":4")
                .doesNotContain("/*style*/", "/*script*/", "/*data*/", "import {", "\nexport ");
        assertThat(Pattern.compile("<(script|link|img)[^>]*(src|href)=")
                        .matcher(page)
                        .find())
                .isFalse();
    }

    @Test
    void whatAModelServerSaysEndsNoElement() throws IOException {
        String page = BenchPage.of(
                new Measured().failed("</script><script>alert(1)</script>").report());

        assertThat(page).doesNotContain("alert(1)</script>").contains("\\u003c/script>");
    }

    @Test
    void noPartOfTheScriptHidesAnother() throws IOException {
        String page = BenchPage.of(new Measured().report());
        String script = page.substring(page.lastIndexOf("(() => {\n"), page.lastIndexOf("})();"));

        List<String> names = DECLARED.matcher(script)
                .results()
                .map(found -> found.group(1))
                .filter(name -> name != null)
                .toList();

        assertThat(names).contains("element", "duration", "lines", "verdict").doesNotHaveDuplicates();
    }
}
