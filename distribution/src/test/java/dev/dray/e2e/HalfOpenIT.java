package dev.dray.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections whose other machine is gone without a word: no end, no reset, no answer. Needs root and the `ip` of
/// iproute2.
class HalfOpenIT {
    private static final int OF_EACH = 10;
    private static final List<String> STREAMS = List.of("/tokens", "/silence");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private OtherMachine machine;

    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    private final List<AutoCloseable> clients = new ArrayList<>();
    private final Gate gate = new Gate();
    private @Nullable Wire farModel;

    @BeforeEach
    void build() throws Exception {
        try {
            machine = new OtherMachine();
        } catch (IOException impossible) {
            abort("no other machine can be made here, it needs root and iproute2: " + impossible.getMessage());
        }
        world = new World(folder)
                .unset("worker.host")
                .handler("route: /tokens, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /silence, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /serial, allow-parallel-requests: false, max-queue-time: none");
        play(world.model());
    }

    private void play(Wire model) {
        model.on("/tokens", call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            var never = new CountDownLatch(1);
            for (int i = 0; !call.isGone(); i++) {
                call.chunk("data: " + i + "\n\n");
                never.await(200, TimeUnit.MILLISECONDS);
            }
        });
        model.on("/silence", call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.chunk("data: 0\n\n");
            call.hang();
        });
        model.on("/serial", call -> {
            if (call.hold(gate)) {
                call.answer(200, "{}");
            }
        });
    }

    @AfterEach
    @SuppressWarnings("NullAway") // the machine is missing where it could not be made
    void stop() throws Exception {
        if (machine == null) {
            return;
        }
        for (AutoCloseable client : clients) {
            client.close();
        }
        world.close();
        if (farModel != null) {
            farModel.close();
        }
        machine.close();
    }

    private <T extends AutoCloseable> T keep(T client) {
        clients.add(client);
        return client;
    }

    private int inFlight() throws IOException {
        return world.status().path("in-flight").asInt(-1);
    }

    private int queued() throws IOException {
        return world.status().path("queued").asInt(-1);
    }

    @Test
    void endsTheRequestsOfAMachineThatIsGone() throws Exception {
        world.set("limits.client-lost", "6s").ready();
        int port = machine.forwardTo(world.port());
        RawClient here = keep(world.client()).post("/serial", world.signed("{}"));
        world.awaitModelCall("/serial", 1);
        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
        Footprint before = Footprint.of(world.worker(), world);
        List<Integer> asked = new ArrayList<>();
        for (int i = 0; i < OF_EACH; i++) {
            for (String path : List.of("/tokens", "/silence", "/serial")) {
                int idx = world.nextIdx();
                asked.add(idx);
                RawClient client = keep(machine.client(port)).post(path, world.signed(idx, "{}"));
                if (!path.equals("/serial")) {
                    client.readUntil("data: 0");
                }
            }
            // And one that keeps its connection for another request.
            Answer answer =
                    keep(machine.client(port)).post("/open", world.signed("{}")).answer();
            assertThat(answer.status()).isEqualTo(200);
        }
        world.await("all to wait", () -> queued() == OF_EACH && inFlight() == 2 * OF_EACH + 1);

        machine.unplug();

        long start = System.nanoTime();
        world.await("an empty queue", () -> queued() == 0);
        double waiting = seconds(start);
        world.await("streams without a token to end", () -> isGone("/silence"));
        double silent = seconds(start);
        world.await("streams of tokens to end", () -> isGone("/tokens"));
        double streams = seconds(start);
        world.await("one in flight", () -> inFlight() == 1);
        for (int idx : asked) {
            assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Cancelled");
        }
        world.await("all descriptors", () -> Footprint.descriptors(world.worker()) <= before.descriptors() + 5);
        double descriptors = seconds(start);
        Footprint after = Footprint.of(world.worker(), world);
        assertThat(after.threads()).isCloseTo(before.threads(), within(10L));
        // The one before the queue has seen nothing of all that.
        gate.open();
        assertThat(here.answer().status()).isEqualTo(200);
        Files.writeString(Path.of("target", "half-open.txt"), """
                client-lost  6 s
                queued       noticed after %.1f s
                silent       noticed after %.1f s
                streams      noticed after %.1f s
                descriptors  back after %.1f s (%d to %d, threads %d to %d)
                """.formatted(
                        waiting,
                        silent,
                        streams,
                        descriptors,
                        before.descriptors(),
                        after.descriptors(),
                        before.threads(),
                        after.threads()));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private boolean isGone(String path) {
        return world.model().calls(path).stream().allMatch(Call::isGone);
    }

    @Test
    void endsStreamsOverTlsToo() throws Exception {
        Certificate certificate = readyOverTls();
        int port = machine.forwardTo(world.port());
        long before = Footprint.descriptors(world.worker());
        List<Integer> asked = new ArrayList<>();
        for (String path : STREAMS) {
            int idx = world.nextIdx();
            asked.add(idx);
            Socket secure = certificate
                    .trust()
                    .getSocketFactory()
                    // Kept is what lies below: the end of TLS would wait for an answer.
                    .createSocket(keep(machine.socket(port)), "127.0.0.1", world.port(), true);
            RawClient.over(secure).post(path, world.signed(idx, "{}")).readUntil("data: 0");
        }

        machine.unplug();

        awaitTheEndOfStreams(asked, before);
    }

    @Test
    void endsStreamsOfOneConnectionOverHttp2Too() throws Exception {
        Certificate certificate = readyOverTls();
        int port = machine.forwardTo(world.port());
        long before = Footprint.descriptors(world.worker());
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(certificate.trust())
                .build();
        // In good order it would wait for the streams.
        keep(http::shutdownNow);
        List<Integer> asked = new ArrayList<>();
        for (String path : STREAMS) {
            int idx = world.nextIdx();
            asked.add(idx);
            HttpResponse<InputStream> stream = http.send(
                    HttpRequest.newBuilder(URI.create("https://" + machine.there() + ":" + port + path))
                            .timeout(Patience.LIMIT)
                            .POST(HttpRequest.BodyPublishers.ofString(world.signed(idx, "{}")))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(stream.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(stream.body().readNBytes(7)).asString(US_ASCII).isEqualTo("data: 0");
        }

        machine.unplug();

        awaitTheEndOfStreams(asked, before);
    }

    private Certificate readyOverTls() throws Exception {
        Certificate certificate = Certificate.create(folder, machine.there());
        certificate.write(folder.resolve("instance.crt"), folder.resolve("instance.key"));
        world.variable("USE_SSL", "true").set("worker.tls", "{certificate: instance.crt, key: instance.key}");
        world.set("limits.client-lost", "6s").log().append(ModelLog.LOADED);
        world.start();
        world.await("readiness", () -> World.get(world.adminPort(), "/readyz").status() == 200);
        world.worker().awaitLine("public key of the platform is known");
        return certificate;
    }

    private void awaitTheEndOfStreams(List<Integer> asked, long descriptorsBefore) throws Exception {
        for (int idx : asked) {
            assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Cancelled");
        }
        world.await("the model server's work to end", () -> STREAMS.stream().allMatch(this::isGone));
        world.await("all descriptors", () -> Footprint.descriptors(world.worker()) <= descriptorsBefore + 3);
    }

    @Test
    void goesOnWhenTheMachineIsBackInTime() throws Exception {
        world.ready();
        int idx = world.nextIdx();
        RawClient client =
                keep(machine.client(machine.forwardTo(world.port()))).post("/tokens", world.signed(idx, "{}"));
        client.readUntil("data: 3\n");

        machine.unplug();
        world.await(
                "retransmissions",
                () -> KernelSocket.at(world.port()).stream().anyMatch(socket -> socket.retransmissions() >= 3));
        int sent = world.model().calls("/tokens").size();
        machine.plugIn();

        client.readUntil("data: 20\n");
        client.readUntil("data: 21\n");
        assertThat(sent).isEqualTo(1);
        assertThat(inFlight()).isEqualTo(1);
        assertThat(world.platform().outcome(idx)).isEmpty();
    }

    @Test
    void failsTheRequestsOfAModelServerWhoseMachineIsGoneAndServesWhenItIsBack() throws Exception {
        farModel = new Wire(call -> call.answer(200, "{}"), InetAddress.getByName(machine.here()));
        play(farModel);
        int port = machine.forwardTo(farModel.port());
        world.set("model.url", "http://" + machine.there() + ":" + port);
        world.set("time-outs.first-byte", "5s").set("time-outs.idle", "5s").ready();
        int stream = world.nextIdx();
        RawClient reader = keep(world.client()).post("/tokens", world.signed(stream, "{}"));
        reader.readUntil("data: 3\n");
        int serial = world.nextIdx();
        RawClient waiting = keep(world.client()).post("/serial", world.signed(serial, "{}"));
        Wire far = farModel;
        world.await("the serial request", () -> far.calls("/serial").size() == 1);
        assertThat(KernelSocket.to(port)).isNotEmpty().allMatch(KernelSocket::isAskedSoon);

        machine.unplug();

        assertThat(reader.rest()).doesNotContain("\r\n0\r\n\r\n");
        assertThat(world.awaitOutcome(stream).path("status").asText()).isEqualTo("Error");
        world.await("unhealthy", () -> world.status().path("state").asText().equals("unhealthy"));
        assertThat(waiting.answer().status()).isEqualTo(504);
        assertThat(world.awaitOutcome(serial).path("status").asText()).isEqualTo("Error");
        world.await("nothing in flight", () -> inFlight() == 0);

        machine.plugIn();

        world.await("ready", () -> world.status().path("state").asText().equals("ready"));
        gate.open();
        assertThat(world.post("/serial", world.signed("{}")).status()).isEqualTo(200);
    }
}
