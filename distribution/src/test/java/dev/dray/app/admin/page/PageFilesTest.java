package dev.dray.app.admin.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PageFilesTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src=|href=|from |import )\"(?<path>\\.?/[^\"]*)\"");

    private final PageFiles files = PageFiles.dashboard();

    private Reply get(String path, HeaderField... headers) {
        var request = new InboundRequest("GET", path, List.of(headers), Bytes.EMPTY, 0, "");
        return files.find(request).orElseThrow();
    }

    private static String header(Reply reply, String name) {
        return reply.headers().stream()
                .filter(field -> field.name().equals(name))
                .map(HeaderField::value)
                .reduce((one, other) -> one + " and " + other)
                .orElse("");
    }

    @Test
    void everyFileIsThereAndSaysItsType() {
        assertThat(files.paths()).hasSizeGreaterThan(5).allSatisfy(path -> {
            Reply reply = get(path);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().length()).isPositive();
            assertThat(header(reply, "Content-Type"))
                    .matches("(text/(html|css|javascript); charset=utf-8|image/svg\\+xml)");
        });
    }

    @Test
    void everythingAFileNamesIsServedToo() {
        assertThat(files.paths())
                .filteredOn(path -> !path.startsWith("/uplot"))
                .flatMap(path -> REFERENCE
                        .matcher(get(path).body().utf8Text())
                        .results()
                        .map(found -> found.group("path").replaceFirst("^\\./", "/"))
                        .toList())
                .contains("/dashboard.js", "/uplot.js")
                .isSubsetOf(files.paths());
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        assertThat(files.paths())
                .allSatisfy(path ->
                        assertThat(header(get(path), "Content-Security-Policy")).startsWith("default-src 'self';"));
        assertThat(get("/").body().utf8Text()).doesNotContain("http:", "https:", "<style", "style=", "onclick=");
    }

    @Test
    void noFileOfOursWritesMarkup() {
        assertThat(files.paths())
                .filteredOn(path -> path.endsWith(".js") && !path.equals("/uplot.js"))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(get(path).body().utf8Text())
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("));
    }

    @Test
    void whoHasAFileIsToldThatItIsStillRight() {
        String tag = header(get("/uplot.js"), "ETag");
        Reply again = get("/uplot.js", new HeaderField("if-none-match", tag));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body().length()).isZero();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(get("/uplot.js", new HeaderField("If-None-Match", "\"other\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void unknownFilesAreNone() {
        var request = new InboundRequest("GET", "/../worker.yaml", List.of(), Bytes.EMPTY, 0, "");
        assertThat(files.find(request)).isEmpty();
    }
}
