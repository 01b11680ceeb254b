package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 4.4: the public key is fetched from each address, until it comes, and never where nobody needs it.
class Chapter04PublicKeyIT {
    private static World world(Path folder) throws Exception {
        World world = new World(folder).handler("route: /open, allow-parallel-requests: true, max-queue-time: none");
        world.log().append(ModelLog.LOADED);
        return world;
    }

    private static int ask(World world) throws IOException {
        return world.post("/open", world.signed("{}")).status();
    }

    @Test
    void fetchesTheKeyFromTheSecondAddressWhenTheFirstIsDown(@TempDir Path folder) throws Exception {
        try (World world = world(folder);
                var dead = new ScriptedPlatform()) {
            dead.wire().stop();
            world.variable("REPORT_ADDR", dead.url() + "," + world.platform().url())
                    .start();

            world.awaitReady();

            assertThat(ask(world)).isEqualTo(200);
        }
    }

    @Test
    void fetchesTheKeyFromTheSecondAddressWhenTheFirstAnswersGarbage(@TempDir Path folder) throws Exception {
        try (World world = world(folder);
                var odd = new ScriptedPlatform()) {
            odd.wire().on(ScriptedPlatform.KEY, call -> call.answer(200, "{\"key\": \"none\"}"));
            world.variable("REPORT_ADDR", odd.url() + "/," + world.platform().url())
                    .start();

            world.awaitReady();

            assertThat(ask(world)).isEqualTo(200);
            assertThat(odd.wire().calls()).extracting(Call::path).contains(ScriptedPlatform.KEY);
        }
    }

    @Test
    void asksAgainUntilTheKeyComesAndAnswersUnauthorizedSoLong(@TempDir Path folder) throws Exception {
        try (World world = world(folder)) {
            Wire wire = world.platform().wire();
            wire.on(ScriptedPlatform.KEY, call -> call.answer(500, "{}"));
            world.start();
            world.await(
                    "readiness", () -> World.get(world.adminPort(), "/readyz").status() == 200);
            world.await("second try", () -> wire.calls(ScriptedPlatform.KEY).size() >= 2);

            int early = world.nextIdx();
            Answer refused = world.post("/open", world.signed(early, "{}"));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.body()).isEmpty();

            world.platform().giveKey();
            world.await("accepted request", () -> ask(world) == 200);
            assertThat(world.platform().outcome(early)).isEmpty();
        }
    }

    @Test
    void followsNoRedirectToAKey(@TempDir Path folder) throws Exception {
        try (World world = world(folder)) {
            Wire wire = world.platform().wire();
            wire.on("/elsewhere/", call -> call.answer(200, "text/plain", pem(world)));
            wire.on(
                    ScriptedPlatform.KEY,
                    call -> call.raw("HTTP/1.1 302 Found\r\nLocation: /elsewhere/\r\nContent-Length: 0\r\n\r\n"));
            world.start();

            world.await("second try", () -> wire.calls(ScriptedPlatform.KEY).size() >= 2);

            assertThat(wire.calls("/elsewhere/")).isEmpty();
        }
    }

    private static byte[] pem(World world) {
        return world.platform().signer().pem().getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void fetchesNoKeyWhenUnsecured(@TempDir Path folder) throws Exception {
        try (World world = world(folder).variable("UNSECURED", "Yes")) {
            world.start();
            world.awaitReady();
            String forged = world.signed("{}").replaceFirst("\"signature\": \"[^\"]*\"", "\"signature\": \"AAAA\"");

            assertThat(world.post("/open", forged).status()).isEqualTo(200);
            world.awaitReport("ready state", report -> report.path("max_perf").asDouble() > 0);

            assertThat(world.platform().wire().calls(ScriptedPlatform.KEY)).isEmpty();
        }
    }
}
