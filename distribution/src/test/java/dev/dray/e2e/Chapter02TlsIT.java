package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 2 and 1.2: TLS on the worker listener, from the files the bootstrap leaves.
class Chapter02TlsIT {
    private static World world(Path folder) throws IOException {
        return new World(folder)
                .variable("USE_SSL", "true")
                .set(
                        "worker.tls",
                        "{certificate: " + folder.resolve("instance.crt") + ", key: " + folder.resolve("instance.key")
                                + "}")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none");
    }

    private static void awaitReady(World world) throws InterruptedException {
        world.await("readiness", () -> World.get(world.adminPort(), "/readyz").status() == 200);
        world.worker().awaitLine("public key of the platform is known");
    }

    private static boolean shows(Certificate certificate, World world) throws IOException {
        try (RawClient client = RawClient.over(certificate.connect(world.port()))) {
            return client.post("/open", world.signed("{}")).answer().status() == 200;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void speaksTlsToClientsAndPicksUpANewCertificate(@TempDir Path folder) throws Exception {
        Certificate first = Certificate.create(folder);
        first.write(folder.resolve("instance.crt"), folder.resolve("instance.key"));
        try (World world = world(folder)) {
            world.log().append(ModelLog.LOADED);
            world.start();
            awaitReady(world);
            assertThat(shows(first, world)).isTrue();
            JsonNode report = world.awaitReport("url", one -> true);
            assertThat(report.path("url").asText()).isEqualTo("https://127.0.0.1:" + world.port());
            try (RawClient inside = RawClient.to(world.internalPort())) {
                assertThat(inside.post("/none", "{}").answer().status())
                        .as("no TLS inside")
                        .isEqualTo(404);
            }
            try (HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_2)
                    .sslContext(first.trust())
                    .build()) {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + world.port() + "/open"))
                                .timeout(Patience.LIMIT)
                                .POST(HttpRequest.BodyPublishers.ofString(world.signed("{}")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            }

            Certificate second = Certificate.create(folder);
            second.write(folder.resolve("instance.crt"), folder.resolve("instance.key"));

            world.await("new certificate", () -> shows(second, world));
            assertThat(world.worker().isAlive()).isTrue();
        }
    }

    @Test
    void tellsThePlatformOfABadCertificateAndStartsOnceItIsGood(@TempDir Path folder) throws Exception {
        try (World world = world(folder)) {
            world.log().append(ModelLog.LOADED);
            world.start();

            JsonNode beacon = world.awaitReport(
                    "beacon", report -> !report.path("error_msg").asText().isEmpty());

            assertThat(beacon.path("error_msg").asText()).startsWith("Worker Server failed to launch: ");
            assertThat(beacon.path("id").asInt()).isEqualTo(77);
            assertThat(beacon.path("mtoken").asText()).isEqualTo("tok");
            assertThat(beacon.path("max_perf").asDouble(-1)).isZero();
            assertThat(beacon.path("loadtime").asDouble(-1)).isZero();
            assertThat(beacon.path("url").asText()).isEqualTo("https://127.0.0.1:" + world.port());
            Certificate good = Certificate.create(folder);
            good.write(folder.resolve("instance.crt"), folder.resolve("instance.key"));
            awaitReady(world);
            assertThat(shows(good, world)).isTrue();
            world.awaitReport(
                    "readiness",
                    report -> report.path("loadtime").asDouble() > 0
                            && report.path("error_msg").asText("?").isEmpty());
        }
    }
}
