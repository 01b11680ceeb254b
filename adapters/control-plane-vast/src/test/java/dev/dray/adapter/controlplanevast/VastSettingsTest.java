package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VastSettingsTest {
    private static final Path UPDATE = Path.of("/.force_update");

    @Test
    void takesTrailingSlashesOffTheAddresses() {
        assertThat(at("https://run.vast.ai/", "http://10.0.0.1:8080/base//").addresses())
                .containsExactly("https://run.vast.ai", "http://10.0.0.1:8080/base");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.vast.ai", "ftp://run.vast.ai", "http://", "http://a b"})
    void namesAnAddressThatIsNone(String address) {
        assertThatThrownBy(() -> at("https://ok.example", address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("REPORT_ADDR");
    }

    private static VastSettings at(String... addresses) {
        return new VastSettings(
                List.of(addresses), 1, "", false, "", false, true, UPDATE, DeleteFormat.RECORDS, "1.1.0");
    }

    @Test
    void needsAnAddress() {
        assertThatThrownBy(() -> new VastSettings(
                        List.of(), 1, "", false, "", false, true, UPDATE, DeleteFormat.RECORDS, "1.1.0"))
                .hasMessageContaining("REPORT_ADDR");
    }

    @Test
    void doesNotTellTheToken() {
        var settings = new VastSettings(
                List.of("http://127.0.0.1"),
                1,
                "s3cret",
                false,
                "https://h/",
                false,
                true,
                UPDATE,
                DeleteFormat.RECORDS,
                VastSettings.REPORTED_VERSION);

        assertThat(settings.toString()).doesNotContain("s3cret").contains("ownUrl=https://h,");
    }
}
