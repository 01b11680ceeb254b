package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The dashboard, the alert rules and the table of all metrics, held against what a running worker has.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringIT {
    private static final Path FILES = Path.of("target/dray/monitoring");
    private static final Path TABLE = Path.of("../adapters/telemetry/README.md");
    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| `(?<name>\\w+)` \\| (?<type>\\w+) \\| (?<unit>[^|]+) \\| (?<labels>[^|]*)\\| (?<meaning>[^|]+) \\|$");

    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private MetricsPage page;

    /// One worker with a platform, before and after its first request.
    @BeforeAll
    void scrape(@TempDir Path folder) throws Exception {
        world = new World(folder);
        world.ready();
        MetricsPage before =
                MetricsPage.read(World.get(world.adminPort(), "/metrics").text());
        world.post("/my/route", world.signed("{\"prompt\": \"hello\"}"));
        world.await("the request on the page", () -> {
            page = MetricsPage.read(World.get(world.adminPort(), "/metrics").text());
            return page.value("dray_requests_total{outcome=\"served\",route=\"/my/route\"}") == 1;
        });
        assertThat(ours(before.labels().keySet()))
                .as("series there before the first request")
                .isEqualTo(ours(page.labels().keySet()));
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    @Test
    void theTableNamesEveryMetricWithItsTypeAndItsLabels() throws Exception {
        Map<String, String> documented = ROW.matcher(Files.readString(TABLE))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group("name"), MonitoringIT::documented, (one, other) -> one, TreeMap::new));

        Map<String, String> emitted = new TreeMap<>();
        for (String family : ours(page.types().keySet())) {
            if (!isLargestOfAHistogram(family)) {
                emitted.put(family, page.types().get(family) + " " + new TreeSet<>(page.labelsOf(family)));
            }
        }
        assertThat(documented).isEqualTo(emitted);
    }

    @Test
    void theDashboardAsksForWhatIsThere() throws Exception {
        JsonNode dashboard = Json.read(Files.readString(FILES.resolve("grafana-dashboard.json")));
        List<String> questions = dashboard.findValuesAsText("expr");

        assertThat(questions).hasSizeGreaterThan(30);
        assertThat(mistakes(questions)).isEmpty();
    }

    @Test
    void theAlertsAskForWhatIsThere() throws Exception {
        JsonNode rules = new YAMLMapper().readTree(Files.readString(FILES.resolve("alerts.yaml")));
        List<String> questions = rules.findValuesAsText("expr");

        assertThat(questions).hasSize(17);
        assertThat(mistakes(questions)).isEmpty();
        rules.findValues("labels")
                .forEach(labels -> assertThat(labels.path("severity").asText()).isIn("critical", "warning", "info"));
        assertThat(rules.findValuesAsText("summary")).hasSameSizeAs(questions);
    }

    @Test
    void aQuestionForWhatIsNotThereIsFound() {
        assertThat(mistakes(List.of(
                        "dray_queue_length > 1",
                        "rate(dray_queue_depth[5m])",
                        "dray_requests_total > 5",
                        "rate(dray_requests_total{outcome=\"lost\"}[5m])",
                        "sum by (model) (dray_in_flight)",
                        "up == 0")))
                .hasSize(6);
    }

    private Map<String, List<String>> mistakes(List<String> questions) {
        var mistakes = new TreeMap<String, List<String>>();
        for (String question : questions) {
            List<String> found = new Query(question).mistakes(page);
            if (!found.isEmpty()) {
                mistakes.put(question, found);
            }
        }
        return mistakes;
    }

    private static String documented(MatchResult row) {
        Set<String> labels = Pattern.compile("`(\\w+)`")
                .matcher(row.group("labels"))
                .results()
                .map(label -> label.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        return row.group("type") + " " + labels;
    }

    private boolean isLargestOfAHistogram(String family) {
        return family.endsWith("_max")
                && "histogram".equals(page.types().get(family.substring(0, family.length() - "_max".length())));
    }

    private static Set<String> ours(Set<String> names) {
        var ours = new HashSet<>(names);
        ours.removeIf(name -> !name.startsWith("dray_") && !name.startsWith("gen_ai_"));
        return ours;
    }
}
