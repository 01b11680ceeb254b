package dev.dray.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.RequestPayload;
import dev.dray.spi.Route;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Payload → workload, over all routes. `x*600` in a payload stands for a text of 600 characters.
final class WorkloadTableTest {
    private static final Map<String, Route> ROUTES = AllRoutes.byPath();

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvFileSource(resources = "workloads.txt", delimiter = '|', quoteCharacter = '`')
    void pricesEachPayload(String path, String payload, double workload) {
        Route route = Objects.requireNonNull(ROUTES.get(path), path);

        assertThat(route.workload(RequestPayload.of(Repeats.resolved(payload)))).isEqualTo(workload);
    }
}
