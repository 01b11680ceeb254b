package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.httpserver.ScriptedGate.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
final class RenewalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private OwnCertificate first;
    private OwnCertificate second;

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final InstantSource clock = now::get;

    @BeforeAll
    void makeCertificates(@TempDir Path scratch) throws IOException, InterruptedException, GeneralSecurityException {
        first = OwnCertificate.elliptic(scratch);
        second = OwnCertificate.rsa(scratch);
    }

    @BeforeEach
    void reset() throws IOException {
        warnings.clear();
        now.set(Instant.now());
        folder = Files.createTempDirectory(folder, "files");
    }

    private TlsFiles files() {
        return new TlsFiles(folder.resolve("chain.pem"), folder.resolve("key.pem"), Duration.ofMillis(10), clock);
    }

    private TlsFiles written(OwnCertificate certificate) throws IOException, GeneralSecurityException {
        certificate.in(folder);
        return files();
    }

    /// The ways in which files are replaced.
    enum Way {
        RENAME {
            @Override
            void replace(Path file, String content) throws IOException {
                Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        REWRITE {
            @Override
            void replace(Path file, String content) throws IOException {
                Files.writeString(file, content);
            }
        },
        SYMBOLIC_LINK {
            @Override
            void replace(Path file, String content) throws IOException {
                Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".2"), content);
                Path link = Files.createSymbolicLink(file.resolveSibling(file.getFileName() + ".link"), fresh);
                Files.move(link, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        };

        abstract void replace(Path file, String content) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void showsTheRenewedCertificateToNewConnectionsAndKeepsTheOldOnes(Way way)
            throws IOException, GeneralSecurityException {
        var gate = new ScriptedGate().proceeding("/echo", Call::echo);
        var tls = Optional.of(written(first));
        var client = new TlsClient();
        try (var running = RunningListener.of(
                gate, new ListenerSettings("test", "127.0.0.1", 0, ListenerLimits.standard(), tls))) {
            int port = running.listener().port();
            assertThat(client.certificates(port)).containsExactly(first.certificate());
            try (SSLSocket old = client.connect(port)) {
                TlsClient.ask(old, "/echo", "before");

                way.replace(folder.resolve("chain.pem"), second.certificatePem());
                way.replace(folder.resolve("key.pem"), second.keyPem());

                assertThat(awaitOther(client, port)).containsExactly(second.certificate());
                assertThat(TlsClient.ask(old, "/echo", "after")).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    private void warn(String template, Object... values) {
        warnings.add(MessageFormat.format(template, values));
    }

    private List<Certificate> awaitOther(TlsClient client, int port) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        List<Certificate> shown = client.certificates(port);
        while (shown.equals(List.of(first.certificate())) && Instant.now().isBefore(giveUp)) {
            LockSupport.parkNanos(5_000_000);
            shown = client.certificates(port);
        }
        return shown;
    }

    @Test
    void keepsTheOldOneUntilBothFilesFitAndWarnsOnce() throws IOException, GeneralSecurityException {
        var watch = new CertificateWatch("test", written(first), this::warn);
        var before = watch.current();

        Files.writeString(folder.resolve("chain.pem"), second.certificatePem());
        watch.look();
        watch.look();
        assertThat(watch.current()).isSameAs(before);
        assertThat(warnings).singleElement().asString().contains("not renewed", "for another key", "chain.pem");

        Files.writeString(folder.resolve("key.pem"), second.keyPem());
        watch.look();
        assertThat(watch.current()).isNotSameAs(before);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void triesAHalfWrittenFileAgainAlthoughNoStampChanges() throws IOException, GeneralSecurityException {
        var watch = new CertificateWatch("test", written(first), this::warn);
        var before = watch.current();
        Path chain = folder.resolve("chain.pem");
        String whole = second.certificatePem();
        Files.writeString(folder.resolve("key.pem"), second.keyPem());

        Files.writeString(chain, " ".repeat(whole.length()));
        FileTime time = Files.getLastModifiedTime(chain);
        watch.look();
        Files.writeString(chain, whole);
        Files.setLastModifiedTime(chain, time);
        watch.look();

        assertThat(watch.current()).isNotSameAs(before);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void keepsTheOldOneWhileAFileIsMissing() throws IOException, GeneralSecurityException {
        var watch = new CertificateWatch("test", written(first), this::warn);
        var before = watch.current();
        Files.delete(folder.resolve("key.pem"));

        watch.look();

        assertThat(watch.current()).isSameAs(before);
        assertThat(warnings).singleElement().asString().contains("there is no such file");
    }

    @Test
    void makesNothingNewOfFilesThatOnlyLookNew() throws IOException, GeneralSecurityException {
        var watch = new CertificateWatch("test", written(first), this::warn);
        var before = watch.current();
        Files.setLastModifiedTime(folder.resolve("key.pem"), FileTime.from(Instant.EPOCH));

        watch.look();

        assertThat(watch.current()).isSameAs(before);
        assertThat(warnings).isEmpty();
    }

    @Test
    void warnsOnceADayOfACertificateThatExpiresWithinAWeek() throws IOException, GeneralSecurityException {
        Instant expires = first.certificate().getNotAfter().toInstant();
        now.set(expires.minus(Duration.ofDays(8)));
        var watch = new CertificateWatch("test", written(first), this::warn);
        watch.look();
        assertThat(warnings).isEmpty();

        now.set(expires.minus(Duration.ofDays(6)));
        watch.look();
        now.set(now.get().plus(Duration.ofHours(23)));
        watch.look();
        assertThat(warnings).singleElement().asString().contains("expires soon", expires.toString());

        now.set(expires.plus(Duration.ofDays(1)));
        watch.look();
        assertThat(warnings).hasSize(2).last().asString().contains("has expired");
    }
}
