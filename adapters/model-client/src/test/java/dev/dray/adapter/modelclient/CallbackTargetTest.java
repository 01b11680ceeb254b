package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallbackTargetTest {
    private static final Origin MODEL = Origin.of(URI.create("http://model:8000/v2/"));

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/cancel, http://model:8000, /v2/cancel, true",
        "/cancel?id=1#part, http://model:8000, /v2/cancel?id=1, true",
        "/a b, http://model:8000, /v2/a b, true",
        "/http://elsewhere/, http://model:8000, /v2/http://elsewhere/, true",
        "http://Model:8000/cancel, http://model:8000, /cancel, true",
        "http://model/cancel, http://model, /cancel, false",
        "https://model:8000/cancel, https://model:8000, /cancel, false",
        "HTTPS://a.example, https://a.example, /, false",
        "https://a.example?x=1#y, https://a.example, /?x=1, false",
        "http://[::1]:81/x, http://[::1]:81, /x, false",
        "http://a.example:65535/, http://a.example:65535, /, false"
    })
    void isAPathOnTheModelServerOrAUrl(String text, String root, String path, boolean ofModelServer) throws Exception {
        CallbackTarget target = CallbackTarget.parse(text, List.of(MODEL), 0);

        assertThat(target.origin().root()).isEqualTo(root);
        assertThat(target.path()).isEqualTo(path);
        assertThat(target.ofModelServer()).isEqualTo(ofModelServer);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is neither a URL nor a path",
                "cancel|is neither a URL nor a path",
                "//a.example/x|names no scheme",
                "ftp://a.example/|has the scheme 'ftp'",
                "file:///etc/passwd|has the scheme 'file'",
                "http:/x|has no valid host name",
                "http://|is not a URL",
                "http:///x|has no valid host name",
                "http://under_score/|has no valid host name",
                "http://bücher.example/|has no valid host name",
                "http://[fe80::1%25lo]/|has no valid host name",
                "http://u:secret@a.example/|carries a user name",
                "http://@a.example/|carries a user name",
                "http://a.example:0/|has the port 0",
                "http://a.example:65536/|has the port 65536",
                "http://a.example:99999999999/|has no valid host name",
                "http://a.example:-1/|has no valid host name",
                "http://a b/|is not a URL",
                "http://a.example/x y|is not a URL"
            })
    void refusesAnythingElseAndSaysWhatIsExpected(String text, String found) {
        assertThatExceptionOfType(CallException.class)
                .isThrownBy(() -> CallbackTarget.parse(text, List.of(MODEL), 0))
                .withMessageContaining(found)
                .withMessageContaining("; expected ")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("secret"));
    }

    @Test
    void refusesLineEndsInAUrl() {
        assertThatExceptionOfType(CallException.class)
                .isThrownBy(() -> CallbackTarget.parse("http://a.example/\r\nX: y", List.of(MODEL), 0))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("\n"));
    }

    @Test
    void refusesWhatIsTooLongWithoutRepeatingIt() {
        assertThatExceptionOfType(CallException.class)
                .isThrownBy(() -> CallbackTarget.parse("http://a.example/" + "x".repeat(9_000), List.of(MODEL), 0))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void isShownWithoutItsSecrets() {
        assertThat(CallbackTarget.shown("https://u:p@a.example/x?key=1#z")).isEqualTo("https://…@a.example/x");
    }
}
