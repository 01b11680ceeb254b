package dev.dray.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.RequestPayload;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.port.testing.FakePluginContext.Problem;
import dev.dray.spi.Backend;
import dev.dray.spi.Concurrency;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenAiFamilyTest {
    private static FakePluginContext.Builder context() {
        return FakePluginContext.builder().environment("MODEL_NAME", "some/model");
    }

    private static Backend start(FakePluginContext context) {
        return OpenAiFamily.start(Engine.VLLM, context);
    }

    private static List<String> paths(Backend backend) {
        return backend.routes().stream().map(Route::path).toList();
    }

    private static List<String> measured(Backend backend) {
        return backend.routes().stream()
                .filter(route -> route.benchmark().isPresent())
                .map(Route::path)
                .toList();
    }

    @Nested
    final class WithoutAnySetting {
        private final FakePluginContext context = context().build();
        private final Backend backend = start(context);

        @Test
        void takesTheImagesDefaults() {
            assertThat(backend.model())
                    .isEqualTo(new ModelDefaults(
                            "http://127.0.0.1:18000",
                            Optional.of("/var/log/portal/vllm.log"),
                            Optional.of("/health"),
                            Optional.of("some/model")));
            assertThat(backend.logRules())
                    .isEqualTo(new LogRules(
                            List.of("Application startup complete."),
                            List.of("INFO exited: vllm", "RuntimeError: Engine", "Traceback (most recent call last):"),
                            List.of("\"message\":\"Download")));
        }

        @Test
        void servesCompletionsAndChatInParallelWithTenMinutesOfQueue() {
            assertThat(paths(backend)).containsExactly("/v1/completions", "/v1/chat/completions");
            assertThat(backend.routes()).allSatisfy(route -> {
                assertThat(route.concurrency()).isEqualTo(Concurrency.parallel());
                assertThat(route.maxQueueTime()).contains(Duration.ofMinutes(10));
            });
        }

        @Test
        void measuresCompletions() {
            assertThat(measured(backend)).containsExactly("/v1/completions");
        }

        @Test
        void hasNothingToComplainAbout() {
            assertThat(context.problems()).isEmpty();
            assertThat(context.warnings()).isEmpty();
        }
    }

    @Nested
    final class ModelVariables {
        @ParameterizedTest(name = "MODEL_LOG [{0}] follows {1}")
        @CsvSource({"/tmp/my.log, /tmp/my.log", "' /tmp/my.log ', /tmp/my.log", "'', /var/log/portal/vllm.log"})
        void nameTheLogFile(String value, String file) {
            Backend backend = start(context().environment("MODEL_LOG", value).build());

            assertThat(backend.model().logFile()).contains(file);
        }

        @ParameterizedTest(name = "MODEL_HEALTH_ENDPOINT [{0}] probes {0}")
        @ValueSource(strings = {"/ready", "http://127.0.0.1:9/h", "https://[::1]/h?x=1"})
        void nameTheHealthUrl(String value) {
            FakePluginContext context =
                    context().environment("MODEL_HEALTH_ENDPOINT", value).build();

            assertThat(start(context).model().health()).contains(value);
            assertThat(context.problems()).isEmpty();
        }

        @ParameterizedTest(name = "MODEL_HEALTH_ENDPOINT [{0}] probes nothing")
        @ValueSource(strings = {"", "  "})
        void takeAwayTheHealthUrl(String value) {
            Backend backend =
                    start(context().environment("MODEL_HEALTH_ENDPOINT", value).build());

            assertThat(backend.model().health()).isEmpty();
        }

        @Test
        void refuseAHealthUrlThatIsNone() {
            FakePluginContext context =
                    context().environment("MODEL_HEALTH_ENDPOINT", "health").build();

            assertThat(start(context)).isNotNull();
            assertThat(context.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.where()).isEqualTo("MODEL_HEALTH_ENDPOINT"))
                    .satisfies(problem -> assertThat(problem.message()).contains("'health'"));
        }

        @ParameterizedTest(name = "{0}|{1}|{2}|{3} names {4}")
        @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                one | two | -     | -    | one
                -   | two | three | four | two
                ''  | ' ' | three | four | three
                -   | -   | -     | four | four
                """)
        void nameTheModelByTheFirstThatIsNotBlank(
                String model, String vllm, String sglang, String llama, String expected) {
            var context = FakePluginContext.builder();
            set(context, "MODEL_NAME", model);
            set(context, "VLLM_MODEL", vllm);
            set(context, "SGLANG_MODEL", sglang);
            set(context, "LLAMA_MODEL", llama);

            assertThat(start(context.build()).model().name()).contains(expected);
        }

        @Test
        void loseAgainstTheFile() {
            FakePluginContext context =
                    context().settings("{\"model\": {\"name\": \"from/file\"}}").build();

            assertThat(start(context).model().name()).contains("from/file");
        }

        private void set(FakePluginContext.Builder context, String name, @Nullable String value) {
            if (value != null) {
                context.environment(name, value);
            }
        }
    }

    @Nested
    final class Engines {
        @Test
        void sglangHasItsOwnLogAndMarkers() {
            Backend backend = OpenAiFamily.start(Engine.SGLANG, context().build());

            assertThat(backend.model().logFile()).contains("/var/log/portal/sglang.log");
            assertThat(backend.model().url()).isEqualTo("http://127.0.0.1:18000");
            assertThat(backend.logRules())
                    .isEqualTo(new LogRules(
                            List.of("The server is fired up and ready to roll!"),
                            List.of("INFO exited: sglang", "Traceback (most recent call last):"),
                            List.of("\"message\":\"Download")));
        }

        @Test
        void llamaHasItsOwnLogAndMarkers() {
            Backend backend = OpenAiFamily.start(Engine.LLAMA, context().build());

            assertThat(backend.model().logFile()).contains("/var/log/portal/llama.log");
            assertThat(backend.model().health()).contains("/health");
            assertThat(backend.logRules())
                    .isEqualTo(new LogRules(
                            List.of("model loaded"),
                            List.of("INFO exited: llama", "error loading model", "failed to load model"),
                            List.of("\"message\":\"Download")));
        }
    }

    @Nested
    final class EmbeddingChars {
        @ParameterizedTest(name = "BENCHMARK_EMBED_CHARS [{0}] makes {1} characters cost one request")
        @CsvSource({"1200, 1200", "' 30 ', 30", "'', 600", "' ', 600"})
        void setsTheReferenceAndTheBenchmark(String value, int characters) {
            FakePluginContext context = context()
                    .environment("BENCHMARK_ROUTE", "/v1/embeddings")
                    .environment("BENCHMARK_EMBED_CHARS", value)
                    .build();

            assertThat(price(start(context), "{\"input\": \"" + "x".repeat(characters) + "\"}"))
                    .isEqualTo(500);
            assertThat(context.warnings()).isEmpty();
        }

        @ParameterizedTest(name = "BENCHMARK_EMBED_CHARS [{0}] is told and left aside")
        @ValueSource(strings = {"0", "-5", "many", "1.5", "99999999999", "10000001"})
        void fallsBackWithAWarning(String value) {
            FakePluginContext context = context()
                    .environment("BENCHMARK_ROUTE", "/v1/embeddings")
                    .environment("BENCHMARK_EMBED_CHARS", value)
                    .build();

            assertThat(price(start(context), "{\"input\": \"" + "x".repeat(600) + "\"}"))
                    .isEqualTo(500);
            assertThat(context.warnings()).singleElement().asString().contains("BENCHMARK_EMBED_CHARS", value, "600");
            assertThat(context.problems()).isEmpty();
        }

        private double price(Backend backend, String payload) {
            return backend.routes().stream()
                    .filter(route -> route.path().equals("/v1/embeddings"))
                    .findFirst()
                    .orElseThrow()
                    .workload(RequestPayload.of(payload));
        }
    }

    @Nested
    final class MarkerVariables {
        @Test
        void replaceTheEnginesMarkersLineByLine() {
            LogRules rules = start(context()
                            .environment("MODEL_LOAD_LOG_MSG", " ready \n\n\tset\u00e9\n")
                            .environment("MODEL_ERROR_LOG_MSGS", "boom\r\nbang")
                            .environment("MODEL_INFO_LOG_MSGS", "note, not a list")
                            .build())
                    .logRules();

            assertThat(rules)
                    .isEqualTo(new LogRules(
                            List.of("ready", "set\u00e9"), List.of("boom", "bang"), List.of("note, not a list")));
        }

        @Test
        void leaveTheEnginesMarkersWhenEmpty() {
            LogRules rules = start(context()
                            .environment("MODEL_LOAD_LOG_MSG", "")
                            .environment("MODEL_ERROR_LOG_MSGS", "")
                            .environment("MODEL_INFO_LOG_MSGS", "")
                            .build())
                    .logRules();

            assertThat(rules).isEqualTo(Engine.VLLM.logRules());
        }

        @Test
        void giveNoMarkersWhenBlank() {
            FakePluginContext context = context()
                    .environment("MODEL_LOAD_LOG_MSG", " \n ")
                    .environment("MODEL_ERROR_LOG_MSGS", "\n")
                    .environment("MODEL_INFO_LOG_MSGS", " ")
                    .build();

            assertThat(start(context).logRules()).isEqualTo(new LogRules(List.of(), List.of(), List.of()));
            assertThat(context.warnings())
                    .singleElement()
                    .asString()
                    .contains("MODEL_LOAD_LOG_MSG", "log-actions.on-load");
            assertThat(context.problems()).isEmpty();
        }
    }

    @Nested
    final class RouteVariables {
        @ParameterizedTest(name = "OPENAI_ROUTES [{0}] serves {1}")
        @CsvSource(delimiter = '|', textBlock = """
                ''                                         | /v1/completions /v1/chat/completions
                ' , '                                      | /v1/completions /v1/chat/completions
                /v1/completions                            | /v1/completions
                ' /v1/chat/completions ,/v1/completions, ' | /v1/completions /v1/chat/completions
                /v1/completions,/v1/completions            | /v1/completions
                """)
        void chooseWhatIsServed(String value, String served) {
            FakePluginContext context =
                    context().environment("OPENAI_ROUTES", value).build();

            assertThat(paths(start(context))).containsExactly(served.split(" ", -1));
            assertThat(context.problems()).isEmpty();
            assertThat(context.warnings()).isEmpty();
        }

        @Test
        void areWarnedOfWhereARouteIsNotKnown() {
            FakePluginContext context = context()
                    .environment("OPENAI_ROUTES", "/v1/completions,completions")
                    .build();

            assertThat(paths(start(context))).containsExactly("/v1/completions");
            assertThat(context.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("OPENAI_ROUTES: route 'completions' is not known and is left out; known are"
                            + " /v1/completions, /v1/chat/completions, ")
                    .endsWith(", /v1/videos/sync");
            assertThat(context.problems()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(KnownRoute.class)
        void serveAndMeasureEachRouteOfTheFamily(KnownRoute route) {
            FakePluginContext context =
                    context().environment("BENCHMARK_ROUTE", route.path()).build();
            Backend backend = start(context);

            assertThat(measured(backend)).containsExactly(route.path());
            assertThat(paths(backend)).contains("/v1/completions", "/v1/chat/completions", route.path());
            assertThat(backend.routes()).allSatisfy(each -> {
                assertThat(each.concurrency()).isEqualTo(Concurrency.parallel());
                assertThat(each.maxQueueTime()).contains(Duration.ofMinutes(10));
            });
            assertThat(context.problems()).isEmpty();
            assertThat(context.warnings()).isEmpty();
        }

        @Test
        void chooseWhatIsMeasured() {
            Backend backend = start(context()
                    .environment("BENCHMARK_ROUTE", " /v1/chat/completions ")
                    .build());

            assertThat(measured(backend)).containsExactly("/v1/chat/completions");
            assertThat(paths(backend)).containsExactly("/v1/completions", "/v1/chat/completions");
        }

        @ParameterizedTest(name = "BENCHMARK_ROUTE [{0}] with OPENAI_ROUTES [{1}]")
        @CsvSource({
            "/my/route, ''",
            "/v1/embeddings, '/v1/completions,/v1/chat/completions'",
            "/v1/completions, /v1/chat/completions",
            "/v1/chat/completions, /v1/completions",
            "'', /v1/chat/completions",
            "'', /v1/embeddings"
        })
        void refuseAMeasuredRouteThatIsNotServed(String benchmark, String routes) {
            FakePluginContext context = context()
                    .environment("BENCHMARK_ROUTE", benchmark)
                    .environment("OPENAI_ROUTES", routes)
                    .build();

            assertThat(measured(start(context))).hasSize(1);
            assertThat(context.problems()).extracting(Problem::where).containsExactly("BENCHMARK_ROUTE");
        }
    }

    @Nested
    final class WithoutAModelName {
        @Test
        void warnsThatTheBenchmarkOfCompletionsNamesNone() {
            FakePluginContext context = FakePluginContext.builder().build();

            assertThat(start(context).routes()).isNotEmpty();
            assertThat(context.problems()).isEmpty();
            assertThat(context.warnings()).singleElement().asString().contains("MODEL_NAME", "model.name");
        }

        @Test
        void measuresChat() {
            FakePluginContext context = FakePluginContext.builder()
                    .environment("BENCHMARK_ROUTE", "/v1/chat/completions")
                    .build();

            assertThat(start(context).model().name()).isEmpty();
            assertThat(context.problems()).isEmpty();
        }

        @Test
        void measuresCompletionsWithADatasetOfTheFile() {
            String handlers = "[{\"route\": \"/v1/chat/completions\"},"
                    + " {\"route\": \"/v1/completions\", \"benchmark\": {\"dataset\": [{\"prompt\": \"hello\"}]}}]";
            FakePluginContext context = FakePluginContext.builder()
                    .settings("{\"handlers\": " + handlers + "}")
                    .build();

            assertThat(start(context).routes()).isNotEmpty();
            assertThat(context.problems()).isEmpty();
            assertThat(context.warnings()).isEmpty();
        }
    }
}
