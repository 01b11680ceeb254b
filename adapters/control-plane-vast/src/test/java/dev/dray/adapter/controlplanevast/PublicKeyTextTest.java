package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"pkcs1.pem", "cert.pem"})
    void readsTheSameKeyFromEveryForm(String file) throws GeneralSecurityException {
        assertThat(PublicKeyText.parse(Samples.resource(file)))
                .isEqualTo(PublicKeyText.parse(Samples.resource("spki.pem")));
    }

    @Test
    void readsAKeyWithWindowsLineEndsAndTextAround() throws GeneralSecurityException {
        String pem = "subject=CN\r\n" + Samples.resource("spki.pem").replace("\n", "\r\n") + "\r\n";

        assertThat(PublicKeyText.parse(pem)).isEqualTo(PublicKeyText.parse(Samples.resource("spki.pem")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>not found</html>",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----"
            })
    void refusesWhatIsNoKey(String text) {
        assertThatThrownBy(() -> PublicKeyText.parse(text)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void refusesAKeyThatIsNotRsa() {
        assertThatThrownBy(() -> PublicKeyText.parse(Samples.resource("elliptic.pem")))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void namesAKindItDoesNotRead() {
        assertThatThrownBy(() -> PublicKeyText.parse("-----BEGIN DSA KEY-----\nAAAA\n-----END DSA KEY-----"))
                .hasMessageContaining("'DSA KEY'")
                .hasMessageContaining("'RSA PUBLIC KEY'");
    }
}
