package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.adapter.httpserver.ScriptedGate.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
final class ServerIdentityTest {
    private OwnCertificate elliptic;
    private OwnCertificate rsa;

    @TempDir
    private Path folder;

    @BeforeAll
    void makeCertificates(@TempDir Path scratch) throws IOException, InterruptedException, GeneralSecurityException {
        elliptic = OwnCertificate.elliptic(scratch);
        rsa = OwnCertificate.rsa(scratch);
    }

    private TlsFiles files(String chain, String key) throws IOException {
        return new TlsFiles(
                Files.writeString(folder.resolve("chain.pem"), chain),
                Files.writeString(folder.resolve("key.pem"), key),
                InstantSource.system());
    }

    Stream<Arguments> keyForms() throws GeneralSecurityException {
        return Stream.of(
                Arguments.of("PKCS #8, EC", elliptic.certificatePem(), elliptic.keyPem()),
                Arguments.of("SEC 1", elliptic.certificatePem(), elliptic.sec1Pem()),
                Arguments.of("PKCS #8, RSA", rsa.certificatePem(), rsa.keyPem()),
                Arguments.of("PKCS #1", rsa.certificatePem(), rsa.pkcs1Pem()),
                Arguments.of("with text around", "subject=me\n" + rsa.certificatePem(), "Bag\n" + rsa.keyPem()),
                Arguments.of("CRLF", rsa.certificatePem().replace("\n", "\r\n"), rsa.keyPem()),
                Arguments.of("both in both", rsa.keyPem() + rsa.certificatePem(), rsa.certificatePem() + rsa.keyPem()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keyForms")
    void readsEveryFormOfAKey(String form, String chain, String key) throws IOException {
        ServerIdentity identity = ServerIdentity.of(files(chain, key));

        assertThat(identity.chain()).as(form).hasSize(1).first().isIn(rsa.certificate(), elliptic.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void showsTheWholeChainInBothVersionsOfTls(String version) throws IOException, GeneralSecurityException {
        var tls = Optional.of(files(rsa.certificatePem() + elliptic.certificatePem(), rsa.pkcs1Pem()));
        var settings = new ListenerSettings("test", "127.0.0.1", 0, ListenerLimits.standard(), tls);
        try (var running = RunningListener.of(new ScriptedGate().proceeding("/echo", Call::echo), settings);
                SSLSocket socket = new TlsClient().connect(running.listener().port(), version)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(socket.getSession().getPeerCertificates())
                    .containsExactly(rsa.certificate(), elliptic.certificate());
        }
    }

    Stream<Arguments> unusable() throws GeneralSecurityException {
        String good = rsa.certificatePem();
        String key = rsa.keyPem();
        String html = "<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>";
        String encrypted = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
        String oldEncrypted = pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA");
        String damaged = pem("PRIVATE KEY", "MIIBVQIBADANBgkq");
        return Stream.of(
                Arguments.of(html, key, "chain.pem", "found an HTML page of 57 bytes"),
                Arguments.of("{\"success\": false}", key, "chain.pem", "found a JSON text of 18 bytes"),
                Arguments.of("", key, "chain.pem", "found an empty file"),
                Arguments.of("garbled", key, "chain.pem", "found 7 bytes without a PEM block"),
                Arguments.of(good.substring(0, 200), key, "chain.pem", "found a PEM block without its end"),
                Arguments.of(good.replaceAll("(?m)^M.*$", "AAAA"), key, "chain.pem", "number 1 in it is damaged"),
                Arguments.of(key, key, "chain.pem", "found PRIVATE KEY; expected is the PEM certificate chain"),
                Arguments.of(good, good, "key.pem", "found CERTIFICATE; expected is one unencrypted PRIVATE KEY"),
                Arguments.of(good, html, "key.pem", "found an HTML page"),
                Arguments.of(good, encrypted, "key.pem", "decrypt it with 'openssl pkey"),
                Arguments.of(good, oldEncrypted, "key.pem", "decrypt it with 'openssl pkey"),
                Arguments.of(good, damaged, "key.pem", "found PRIVATE KEY whose content cannot be read"),
                Arguments.of(good, key.replaceAll("(?m)^M.*$", "!!!!"), "key.pem", "content cannot be read"),
                Arguments.of(good, elliptic.keyPem(), "chain.pem", "it is for another key than the one in"),
                Arguments.of(elliptic.certificatePem() + good, key, "chain.pem", "fits certificate number 2"));
    }

    private static String pem(String label, String lines) {
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("unusable")
    void namesFileAndProblemOfWhatItCannotUse(String chain, String key, String file, String problem)
            throws IOException {
        TlsFiles files = files(chain, key);

        assertThatThrownBy(() -> ServerIdentity.of(files))
                .isInstanceOf(TlsException.class)
                .hasMessageContainingAll(file, problem);
    }

    @Test
    void neverShowsWhatIsInTheKey() throws IOException, GeneralSecurityException {
        String secret = rsa.keyPem().lines().skip(1).findFirst().orElseThrow();
        TlsFiles files = files(rsa.certificatePem(), secret);

        assertThatThrownBy(() -> ServerIdentity.of(files)).message().doesNotContain(secret.substring(0, 16));
    }

    @Test
    void startFailsAsOnATakenPort() {
        var missing = new TlsFiles(Path.of("nowhere.crt"), Path.of("nowhere.key"), InstantSource.system());
        var settings = new ListenerSettings("test", "127.0.0.1", 0, ListenerLimits.standard(), Optional.of(missing));

        assertThatThrownBy(() -> RunningListener.of(new ScriptedGate(), settings))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("nowhere.crt", "there is no such file");
    }
}
