package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the packaged worker is closed to by default, and what it tells nobody. Who is meant by each: `THREAT-MODEL.md`.
class SecurityIT {
    private static final int TLS_1_1 = 0x0302;
    private static final int TLS_1_2 = 0x0303;
    private static final int ALERT = 0x15;
    private static final int HANDSHAKE = 0x16;

    @Test
    void speaksNoOldTlsAndNoBrokenCipher(@TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.create(folder);
        certificate.write(folder.resolve("instance.crt"), folder.resolve("instance.key"));
        try (World world = new World(folder)
                .variable("USE_SSL", "true")
                .set("worker.tls", "{certificate: instance.crt, key: instance.key}")) {
            world.start();
            world.await("TLS", () -> hello(world.port(), TLS_1_2, 0xc02f) == HANDSHAKE);

            assertThat(hello(world.port(), TLS_1_1, 0xc013)).as("TLS 1.1").isEqualTo(ALERT);
            for (int cipher : new int[] {0x0005, 0x000a, 0x002f, 0x003b, 0x009c, 0xc012, 0xc011}) {
                assertThat(hello(world.port(), TLS_1_2, cipher))
                        .as("cipher %04x: RC4, 3DES, none, or without forward secrecy".formatted(cipher))
                        .isEqualTo(ALERT);
            }
        }
    }

    /// Says hello with one version and one cipher suite.
    ///
    /// @return kind of record that is answered
    private static int hello(int port, int version, int cipher) throws IOException {
        // secp256r1; uncompressed points; SHA-256 and SHA-1 with RSA.
        byte[] extensions = {0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0, 0, 13, 0, 8, 0, 6, 4, 1, 8, 4, 2, 1};
        ByteBuffer body = ByteBuffer.allocate(2 + 32 + 1 + 4 + 2 + 2 + extensions.length);
        body.putShort((short) version).put(new byte[33]).putShort((short) 2).putShort((short) cipher);
        body.put((byte) 1).put((byte) 0).putShort((short) extensions.length).put(extensions);
        ByteBuffer record = ByteBuffer.allocate(5 + 4 + body.capacity());
        record.put((byte) HANDSHAKE).putShort((short) 0x0301).putShort((short) (4 + body.capacity()));
        record.put((byte) 1).put((byte) 0).putShort((short) body.capacity()).put(body.array());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            socket.getOutputStream().write(record.array());
            return socket.getInputStream().read();
        }
    }

    @Test
    void opensItsAdminAndInternalListenersToThisMachineAlone(@TempDir Path folder) throws Exception {
        try (World world = new World(folder).unset("worker.host").ready()) {
            assertThat(listening(world.adminPort())).isNotEmpty().allMatch(SecurityIT::isLoopback);
            assertThat(listening(world.internalPort())).isNotEmpty().allMatch(SecurityIT::isLoopback);
            assertThat(listening(world.port())).isNotEmpty().noneMatch(SecurityIT::isLoopback);
        }
    }

    @Test
    void withoutAPlatformOpensItsOnlyDoorToThisMachineAlone(@TempDir Path folder) throws Exception {
        try (World world = new World(folder).unset("worker.host").set("security.control-plane", "none")) {
            world.set("worker.port", "" + world.port()).log().append(ModelLog.LOADED);
            world.start();
            world.await(
                    "readiness", () -> World.get(world.adminPort(), "/readyz").status() == 200);

            assertThat(listening(world.port())).isNotEmpty().allMatch(SecurityIT::isLoopback);
        }
    }

    /// Addresses, in the system's hexadecimal, that are listened on at a port.
    private static List<String> listening(int port) throws IOException {
        List<String> addresses = new ArrayList<>();
        String wanted = ":%04X".formatted(port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields[1].endsWith(wanted) && fields[3].equals("0A")) {
                    addresses.add(fields[1].replace(wanted, ""));
                }
            }
        }
        return addresses;
    }

    private static boolean isLoopback(String address) {
        return address.endsWith("0100007F") || address.equals("00000000000000000000000001000000");
    }

    @Test
    void givesTheModelServersProcessNoKeyOfItsOwn(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("engine.sh");
        Files.writeString(script, "env > \"$1/told\"\necho \"INFO: Application startup complete.\"\nexec sleep 600\n");
        try (World world = new World(folder)
                .unset("model.log-file")
                .set("model.command", "[sh, " + script + ", " + folder + "]")
                .variable("MASTER_TOKEN", "PLANTED-master")
                .variable("HF_TOKEN", "its own")) {
            world.start();
            world.awaitReady();

            assertThat(Files.readString(folder.resolve("told")))
                    .contains("HF_TOKEN=its own")
                    .doesNotContain("MASTER_TOKEN")
                    .doesNotContain("PLANTED");
        }
    }

    @Test
    void showsItsSecretsNowhere(@TempDir Path folder) throws Exception {
        try (World world = new World(folder)
                .set("model.headers", "{X-Key: PLANTED-model}")
                .set("otlp.endpoint", "http://user:PLANTED-otlp@127.0.0.1:9")
                .variable("MASTER_TOKEN", "PLANTED-master")
                .ready()) {
            world.post("/none", world.signed("{}"), "Authorization: Bearer PLANTED-client");
            world.post("/pyworker/update", "{}", "Authorization: Bearer PLANTED-guess");
            List<String> shown = new ArrayList<>();
            for (String page : List.of("/status", "/metrics", "/history", "/model-log", "/loggers", "/")) {
                Answer answer = World.get(world.adminPort(), page);
                assertThat(answer.status()).as(page).isEqualTo(200);
                shown.add(answer.text());
            }
            Path process = Path.of("/proc", "" + world.worker().pid());
            shown.add(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
            shown.add(world.post("/session/end", "{}").text());
            shown.add(world.worker().output());

            assertThat(shown).noneMatch(text -> text.toUpperCase(Locale.ROOT).contains("PLANTED"));
        }
    }
}
