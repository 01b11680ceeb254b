package dev.dray.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RoutePlan;
import dev.dray.domain.workload.Pricing;
import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page "From worker.py to dray": each of its files makes a worker that does what the page says.
class MigrationPageTest {
    private static final Path PAGE = Path.of("FROM-WORKER-PY.md");
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    private static List<String> files() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private RoutePlan route(int file) throws IOException {
        Assembly.Complete worker = Assembling.in(directory).complete(files().get(file));
        assertThat(worker.warnings()).isEmpty();
        String first = Pattern.compile("route: (\\S+)")
                .matcher(files().get(file))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        return worker.plan().routes().stream()
                .filter(route -> route.path().equals(first))
                .findFirst()
                .orElseThrow();
    }

    private static double price(RoutePlan route, String payload) {
        return Pricing.units(route.route(), RequestPayload.of(payload));
    }

    @Test
    void theExampleCostsWhatItsCalculatorSays() throws IOException {
        RoutePlan route = route(0);

        assertThat(price(route, "{\"prompt\": \"hi\", \"max_tokens\": 500}")).isEqualTo(500);
        assertThat(price(route, "{\"prompt\": \"hi\"}")).isZero();
        assertThat(route.route().request(RequestPayload.of("{\"max_tokens\": 1}")))
                .isInstanceOf(ModelRequest.Unchanged.class);
    }

    @Test
    void theExampleIsTheShippedOne() throws IOException {
        String shipped = Files.readString(Path.of("src/main/dist/examples/worker-py.yaml"));

        assertThat(settings(files().getFirst())).isEqualTo(settings(shipped));
    }

    private static List<String> settings(String yaml) {
        return yaml.lines()
                .map(line -> line.replaceFirst("(^|\\s+)#.*", ""))
                .filter(line -> !line.isBlank())
                .toList();
    }

    @Test
    void aParserAndACalculatorAreExpressions() throws IOException {
        RoutePlan route = route(1);
        RequestPayload payload = RequestPayload.of("{\"prompt\": \"hi\", \"max_tokens\": 7}");

        assertThat(price(route, "{\"prompt\": \"hi\"}")).isEqualTo(256);
        assertThat(Pricing.units(route.route(), payload)).isEqualTo(7);
        assertThat(route.route().request(payload))
                .isInstanceOfSatisfying(
                        ModelRequest.Json.class,
                        json -> assertThat(json.body().utf8Text().replace(" ", ""))
                                .isEqualTo("{\"inputs\":\"hi\",\"parameters\":{\"max_new_tokens\":7}}"));
        assertThat(route.route().check(RequestPayload.of("{}"))).isNotEmpty();
        assertThat(route.maxQueueTime()).isEmpty();
    }

    @Test
    void aPluginTakesExpressionsToo() throws IOException {
        String chat = "{\"messages\": [{\"role\": \"user\", \"content\": \"12345678\"}], \"max_tokens\": 10}";

        assertThat(price(route(2), chat)).isEqualTo(12);
    }
}
