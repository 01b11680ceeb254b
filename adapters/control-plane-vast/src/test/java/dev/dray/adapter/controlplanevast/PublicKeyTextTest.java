package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
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

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s somebody@somewhere\n", "\n%s\r\n"})
    void readsALineOfOpenSsh(String form) throws GeneralSecurityException {
        var key = (RSAPublicKey) PublicKeyText.parse(Samples.resource("spki.pem"));

        assertThat(PublicKeyText.parse(form.formatted(openSsh("ssh-rsa", key)))).isEqualTo(key);
    }

    @Test
    void refusesALineOfOpenSshThatIsCutOrOfAnotherKind() throws GeneralSecurityException {
        var key = (RSAPublicKey) PublicKeyText.parse(Samples.resource("spki.pem"));
        String whole = openSsh("ssh-rsa", key);

        for (String line : List.of(
                whole.substring(0, 100), "ssh-rsa AAAA", "ssh-rsa AAAAB3NzaC1yc2H/////", openSsh("ssh-dss", key))) {
            assertThatThrownBy(() -> PublicKeyText.parse(line)).isInstanceOf(GeneralSecurityException.class);
        }
    }

    // As ssh-keygen prints it.
    private static String openSsh(String kind, RSAPublicKey key) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : List.of(
                kind.getBytes(StandardCharsets.US_ASCII),
                key.getPublicExponent().toByteArray(),
                key.getModulus().toByteArray())) {
            out.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
            out.writeBytes(part);
        }
        return "ssh-rsa " + Base64.getEncoder().encodeToString(out.toByteArray());
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
