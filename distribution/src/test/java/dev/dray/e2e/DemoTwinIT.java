package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 15.11: the tutorial's model server. Also the shortest example of a [Twin].
class DemoTwinIT {
    private static final String ROUTE = "/my/route";

    @Test
    void servesFromTheFirstLogLineToTheCrash(@TempDir Path folder) throws Exception {
        try (Twin twin = Twin.of("demo", folder)) {
            twin.answers(ROUTE, "{\"text\": \"The Nile.\"}").start();
            twin.logs("INFO: Started server process [12]", "INFO: Application startup complete.")
                    .awaitReady();
            // A warm-up, then rounds of one, since the route is serial.
            assertThat(twin.benchmark())
                    .hasSizeBetween(4, 6)
                    .allMatch(call -> call.text().startsWith("{\"prompt\": "));

            Answer served = twin.ask(ROUTE, "{\"prompt\": \"A river?\"}");
            assertThat(served.text()).isEqualTo("{\"text\": \"The Nile.\"}");
            assertThat(twin.served()).extracting(Call::text).containsExactly("{\"prompt\": \"A river?\"}");
            assertThat(twin.outcome().path("status").asText()).isEqualTo("Success");

            twin.answers(ROUTE, 500, "{\"error\": \"out of memory\"}");
            assertThat(twin.ask(ROUTE, "{\"prompt\": \"Another?\"}").status()).isEqualTo(500);
            assertThat(twin.outcome().path("status").asText()).isEqualTo("Error");

            twin.logs("Traceback (most recent call last):").awaitFailed("Traceback (most recent call last):");
            assertThat(twin.state()).isEqualTo("failed");
            twin.keepRecord();
        }
    }
}
