package dev.dray.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.app.config.Config;
import dev.dray.app.config.Configs;
import dev.dray.app.config.Inputs;
import dev.dray.app.config.Loaded;
import dev.dray.app.config.Problem;
import dev.dray.app.plugin.ControlPort.Handled;
import dev.dray.model.Bytes;
import dev.dray.spi.ControlHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a plugin says beside its model server and its routes, and what it gets from the house.
class PluginExtrasTest {
    private static final String NO_PLATFORM = "security: {control-plane: none}\n";

    @TempDir
    Path directory;

    private Path plugins;

    @BeforeEach
    void makeDirectory() throws IOException {
        plugins = Files.createDirectory(directory.resolve("plugins"));
    }

    @Test
    void withoutAWordOfThePluginAllIsDraysOwn() throws Exception {
        Assembly.Complete assembled = complete("", "");

        assertThat(assembled.plan().servers().getFirst().loadProbe()).isEmpty();
        assertThat(assembled.plan().pinnedCapacity()).isEmpty();
        assertThat(assembled.plan().limits().sessions()).hasValue(10);
        assertThat(assembled.plan().openPaths()).isEmpty();
        assertThat(assembled.house().control()).isEmpty();
        assertThat(assembled.house().sessions().closeAll()).isEmpty();
    }

    @Test
    void takesCapacityAndSessionsFromThePlugin() throws Exception {
        Assembly.Complete assembled = complete(numbers("12.5", "3"), "");

        assertThat(assembled.plan().pinnedCapacity()).hasValue(12.5);
        assertThat(assembled.plan().limits().sessions()).hasValue(3);
        assertThat(effective(assembled))
                .contains("capacity 12.5 plugin extra", "sessions.max 3 plugin extra")
                .noneMatch(line -> line.endsWith("default") && line.startsWith("capacity "));
    }

    @Test
    void theFileWinsOverThePlugin() throws Exception {
        Assembly.Complete assembled = complete(numbers("12", "3"), "capacity: 7\nsessions: {max: none}\n");

        assertThat(assembled.plan().pinnedCapacity()).hasValue(7);
        assertThat(assembled.plan().limits().sessions()).isEmpty();
        assertThat(effective(assembled))
                .noneMatch(line -> line.endsWith("plugin extra") && line.startsWith("capacity"));
    }

    @Test
    void askedToMeasureItMeasuresWhateverThePluginPins() throws Exception {
        assertThat(complete(numbers("12", "3"), "capacity: none\n").plan().pinnedCapacity())
                .isEmpty();
    }

    @Test
    void opensPathsOnlyWithoutPlatform() throws Exception {
        String paths = "public Set<String> openPaths() { return Set.of(\"/v1/models\"); }";

        assertThat(complete(paths, "").plan().openPaths()).isEmpty();
        assertThat(complete(paths, NO_PLATFORM).plan().openPaths()).containsExactly("/v1/models");
    }

    @Test
    void takesAReadinessProbe() throws Exception {
        assertThat(complete(probe("http://127.0.0.1:8188/system_stats"), "")
                        .plan()
                        .servers()
                        .getFirst()
                        .loadProbe())
                .hasValueSatisfying(
                        probe -> assertThat(probe.urls()).containsExactly("http://127.0.0.1:8188/system_stats"));
    }

    @Test
    void namesWhatCannotBe() throws Exception {
        assertThat(problems(numbers("0", "0")))
                .anyMatch(text -> text.contains("plugin extra") && text.contains("capacity 0.0"))
                .anyMatch(text -> text.contains("maxSessions 0"));
        assertThat(problems(numbers("Double.NaN", "1"))).anyMatch(text -> text.contains("capacity NaN"));
        assertThat(problems(probe("/system_stats"))).anyMatch(text -> text.contains("'/system_stats'"));
        assertThat(problems("public Set<String> openPaths() { return Set.of(\"v1\"); }"))
                .anyMatch(text -> text.contains("open path 'v1'"));
        assertThat(problems("public Set<String> openPaths() { return null; }"))
                .anyMatch(text -> text.contains("failed to say what it serves"));
    }

    @Test
    void wantsOneControlPortThatCanBe() throws Exception {
        assertThat(started("context.control(0, request -> null);"))
                .isInstanceOfSatisfying(
                        Assembly.Refused.class,
                        refused -> assertThat(texts(refused)).anyMatch(text -> text.contains("control port 0")));
        assertThat(started("context.control(7, request -> null); context.control(8, request -> null);"))
                .isInstanceOfSatisfying(
                        Assembly.Refused.class,
                        refused -> assertThat(texts(refused))
                                .anyMatch(text -> text.contains("control port 8") && text.contains("at 7")));
    }

    @Test
    void hasThePluginAnswerAtItsControlPort() throws Exception {
        Assembly assembled = started("""
                context.control(70, request -> switch (request.path()) {
                    case "/closed" -> ControlHandler.Answer.text(200, context.sessions().closeAll().toString());
                    case "/odd" -> ControlHandler.Answer.text(700, "");
                    case "/null" -> null;
                    default -> throw new LinkageError("no such class");
                });
                """);
        Assembly.House house = ((Assembly.Complete) assembled).house();
        ControlPort port = house.control().orElseThrow();

        assertThat(port.port()).isEqualTo(70);
        assertThat(port.pluginId()).isEqualTo("extra");
        assertThat(text(port, "/closed")).isEqualTo("Optional.empty");
        house.sessions().of(() -> List.of("a", "b"));
        assertThat(text(port, "/closed")).isEqualTo("Optional[[a, b]]");
        assertThat(ask(port, "/odd")).isInstanceOf(Handled.Failed.class);
        assertThat(ask(port, "/null")).isInstanceOf(Handled.Failed.class);
        assertThat(ask(port, "/")).isEqualTo(new Handled.Failed("LinkageError: no such class"));
    }

    private static Handled ask(ControlPort port, String path) {
        return port.handle(new ControlHandler.Request("POST", path, Bytes.EMPTY));
    }

    private static String text(ControlPort port, String path) {
        return ((Handled.Answered) ask(port, path)).answer().body().utf8Text();
    }

    private static String numbers(String capacity, String sessions) {
        return """
                public OptionalDouble capacity() { return OptionalDouble.of(%s); }
                public OptionalInt maxSessions() { return OptionalInt.of(%s); }
                """.formatted(capacity, sessions);
    }

    private static String probe(String url) {
        return """
                public Optional<ReadinessProbe> readinessProbe() {
                    java.time.Duration second = java.time.Duration.ofSeconds(1);
                    return Optional.of(new ReadinessProbe(List.of("%s"), second, second, second, second));
                }
                """.formatted(url);
    }

    private static List<String> effective(Assembly.Complete assembled) {
        return assembled.effective().stream()
                .map(one -> one.key() + " " + one.value() + " " + one.origin().text())
                .toList();
    }

    private static List<String> texts(Assembly.Refused refused) {
        return refused.problems().stream().map(Problem::text).toList();
    }

    private Assembly.Complete complete(String members, String yaml) throws IOException {
        return switch (assemble(members, "", yaml)) {
            case Assembly.Complete complete -> complete;
            case Assembly.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
    }

    private List<String> problems(String members) throws IOException {
        return switch (assemble(members, "", "")) {
            case Assembly.Complete _ -> List.of();
            case Assembly.Refused refused -> texts(refused);
        };
    }

    private Assembly started(String statements) throws IOException {
        return assemble("", statements, "");
    }

    private Assembly assemble(String members, String statements, String yaml) throws IOException {
        String body = """
                public Backend start(PluginContext context) {
                    %s
                    Backend plain = backend("/extra", Optional.of(plan()));
                    return new Backend() {
                        public ModelDefaults model() { return plain.model(); }
                        public LogRules logRules() { return plain.logRules(); }
                        public List<Route> routes() { return plain.routes(); }
                        %s
                    };
                }
                """.formatted(statements, members);
        new PluginJar().plugin("some.Plugin", "extra", body).write(plugins, "extra.jar");
        Files.writeString(directory.resolve("worker.yaml"), yaml);
        var inputs = new Inputs(
                Optional.of(Path.of("worker.yaml")),
                Map.of("BACKEND", "extra", "HOME", "/home/me", "CONTAINER_ID", "7"),
                List.of(),
                directory,
                1 << 20,
                Inputs.Purpose.INSPECT);
        Config config = switch (Configs.load(inputs)) {
            case Loaded.Complete(Config loaded) -> loaded;
            case Loaded.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
        PluginEntry plugin =
                PluginCatalog.scan(List.of(), plugins).entry("extra").orElseThrow();
        var lending = new Lending(Map.of(), List.of(), new SplittableRandom(1), () -> Instant.EPOCH);
        return BackendAssembly.assemble(
                config, plugin, lending, ExpressionCompiler.in(PluginCatalog.scan(List.of(), plugins)));
    }
}
