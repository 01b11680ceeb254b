package dev.dray.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The manifests against the schemas of Kubernetes, KEDA and the Prometheus operator; and against each other.
class KubernetesManifestsTest {
    private static final Path FOLDER = Path.of("src/main/dist/deploy/kubernetes");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final ObjectNode SCHEMAS = schemas();

    private static ObjectNode schemas() {
        try (InputStream in =
                Objects.requireNonNull(KubernetesManifestsTest.class.getResourceAsStream("kubernetes-schemas.json"))) {
            return (ObjectNode) new JsonMapper().readTree(in);
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
    }

    private static List<JsonNode> documents() throws IOException {
        var documents = new ArrayList<JsonNode>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                documents.addAll(new YAMLMapper()
                        .readerFor(JsonNode.class)
                        .<JsonNode>readValues(file.toFile())
                        .readAll());
            }
        }
        return documents;
    }

    private static JsonNode document(String kind) throws IOException {
        return documents().stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> problems(JsonNode document) {
        String kind = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
        String definition = SCHEMAS.path("kinds").path(kind).asText();
        if (definition.isEmpty()) {
            return List.of("no schema for " + kind);
        }
        ObjectNode root = SCHEMAS.deepCopy();
        root.remove("kinds");
        root.put("$ref", "#/$defs/" + definition);
        Schema schema = REGISTRY.getSchema(root);
        return schema.validate(document).stream().map(Object::toString).toList();
    }

    @Test
    void allAreValid() throws IOException {
        assertThat(documents())
                .hasSize(7)
                .allSatisfy(document -> assertThat(problems(document))
                        .as(document.path("kind").asText())
                        .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment, /spec/template/spec/containers/0, livenesProbe",
        "Deployment, /spec/template/spec, terminationGracePeriod",
        "ScaledObject, /spec, minReplicas",
        "PodMonitor, /spec/podMetricsEndpoints/0, uri",
        "NetworkPolicy, /spec, egres"
    })
    void aMisspeltKeyIsFound(String kind, String place, String key) throws IOException {
        JsonNode document = document(kind);
        ((ObjectNode) document.at(place)).put(key, 1);

        assertThat(problems(document)).isNotEmpty().anyMatch(problem -> problem.contains(key));
    }

    @Test
    void aWrongTypeIsFound() throws IOException {
        JsonNode document = document("Deployment");
        ((ObjectNode) document.at("/spec/template/spec")).put("terminationGracePeriodSeconds", "11m");

        assertThat(problems(document)).isNotEmpty();
    }

    @Test
    void everySelectorAndPortLeadsToThePod() throws IOException {
        JsonNode pod = document("Deployment").at("/spec/template");
        JsonNode labels = pod.at("/metadata/labels");
        JsonNode ports = pod.at("/spec/containers/0/ports");

        assertThat(document("Deployment").at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(document("Service").at("/spec/selector")).isEqualTo(labels);
        assertThat(document("PodDisruptionBudget").at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
        assertThat(document("PodMonitor").at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(document("NetworkPolicy").at("/spec/podSelector/matchLabels"))
                .isEqualTo(labels);
        assertThat(document("ScaledObject").at("/spec/scaleTargetRef/name"))
                .isEqualTo(document("Deployment").at("/metadata/name"));
        assertThat(ports.findValuesAsText("name"))
                .contains(
                        document("Service").at("/spec/ports/0/targetPort").asText(),
                        document("PodMonitor")
                                .at("/spec/podMetricsEndpoints/0/port")
                                .asText());
        assertThat(document("NetworkPolicy").at("/spec/ingress").findValuesAsText("port"))
                .isEqualTo(ports.findValuesAsText("containerPort"));
    }

    @Test
    void thereIsTimeForTheDrainAndTheModelServerOutlivesIt() throws IOException {
        JsonNode pod = document("Deployment").at("/spec/template/spec");
        String settings = document("ConfigMap").at("/data/worker.yaml").asText();

        assertThat(settings).contains("drain: {deadline: 10m}");
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(5 + 600 + 2 + 10);
        assertThat(pod.at("/containers/0/lifecycle/preStop/exec/command/1").asInt())
                .isEqualTo(5);
        assertThat(pod.at("/initContainers/0/restartPolicy").asText()).isEqualTo("Always");
    }
}
