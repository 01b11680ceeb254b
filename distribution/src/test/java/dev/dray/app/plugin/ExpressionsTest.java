package dev.dray.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RoutePlan;
import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.ModelRequest;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpressionsTest {
    @TempDir
    Path directory;

    @Test
    void everyMistakeIsToldWithLineAndColumn() {
        assertThat(Assembling.in(directory).problems("""
            backend: vllm
            handlers:
              - route: /v1/completions
                workload: paylod.max_tokens
                request: |
                  {'a': payload.a,
                   'b': sise(payload.b)}
              - route: /other
                workload: "1 + 'x'"
                benchmark:
                  template: {prompt: "say ${payload.x}"}
            """))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith(
                                        "worker.yaml:4:15: 'handlers[0].workload': undeclared reference to 'paylod'"),
                        two -> assertThat(two)
                                .startsWith("worker.yaml:7:13: 'handlers[0].request': undeclared reference to 'sise'"),
                        three -> assertThat(three)
                                .startsWith("worker.yaml:9:18: 'handlers[1].workload': found no matching overload"),
                        four -> assertThat(four)
                                .startsWith("worker.yaml:11:33: 'handlers[1].benchmark.template.prompt': undeclared"
                                        + " reference to 'payload'"));
    }

    @Test
    void theyAreLaidOverTheRoutesOfAnyPlugin() {
        Assembly.Complete assembled = Assembling.in(directory).complete("""
            backend: vllm
            handlers:
              - route: /v1/completions
                workload: size(payload.prompt) + payload.max_tokens
            """);

        RoutePlan route = route(assembled, "/v1/completions");
        assertThat(route.route().workload(RequestPayload.of("{\"prompt\": \"abc\", \"max_tokens\": 7}")))
                .isEqualTo(10);
        assertThat(route.benchmark()).isPresent();
        assertThat(route(assembled, "/v1/chat/completions").route().workload(RequestPayload.of("{\"max_tokens\": 7}")))
                .isEqualTo(7);
    }

    @Test
    void whatHasNoPriceIsCounted() {
        Assembly.Complete assembled = Assembling.in(directory).complete("""
            backend: vllm
            handlers: [{route: /v1/completions, workload: payload.n}]
            """);

        var route = (CountedRoute) route(assembled, "/v1/completions").route();
        assertThat(route.workload(RequestPayload.of("{}"))).isNaN();
        assertThat(route.workload(RequestPayload.of("{\"n\": -1}"))).isEqualTo(-1);
        assertThat(route.workload(RequestPayload.of("{\"n\": 1}"))).isEqualTo(1);
        assertThat(route.unpriced()).isEqualTo(2);
    }

    @Test
    void theBenchmarkIsSentAsClientsRequestsAre() {
        Assembly.Complete assembled = Assembling.in(directory).complete("""
            backend: declarative
            model: {url: "http://127.0.0.1:1", log-file: none}
            handlers:
              - route: /generate
                workload: payload.tokens
                request: "{'inputs': payload.text, 'max': payload.tokens}"
                benchmark:
                  runs: 2
                  template: {text: "${random_words(3)}", tokens: 5}
            """);

        RoutePlan route = route(assembled, "/generate");
        BenchmarkPlan plan = route.benchmark().orElseThrow();
        assertThat(plan.runs()).isEqualTo(2);
        assertThat(plan.concurrency()).isEqualTo(10);
        var payload =
                RequestPayload.of(plan.payloads().next(new SplittableRandom(1)).utf8Text());
        assertThat(route.route().workload(payload)).isEqualTo(5);
        assertThat(plan.payloads().request(payload)).isInstanceOfSatisfying(ModelRequest.Json.class, sent -> {
            Bytes body = sent.body();
            assertThat(body.utf8Text()).matches("\\{\"inputs\":\"\\w+ \\w+ \\w+\",\"max\":5}");
        });
    }

    @Test
    void anotherTemplateHasAnotherBenchmarkKey() {
        String yaml = """
            backend: declarative
            model: {url: "http://127.0.0.1:1", log-file: none}
            handlers: [{route: /a, benchmark: {template: {n: 1}}}]
            """;

        assertThat(Assembling.in(directory).complete(yaml).plan().benchmarkKey())
                .isNotEqualTo(Assembling.in(directory)
                        .complete(yaml.replace("n: 1", "n: 2"))
                        .plan()
                        .benchmarkKey());
    }

    @Test
    void whatIsMissingIsToldTogetherWithWhatIsWrong() {
        assertThat(Assembling.in(directory).problems("""
            backend: declarative
            handlers: [{route: /a, workload: payload.}]
            """))
                .anySatisfy(one -> assertThat(one).startsWith("plugin declarative: 'model.url': found nothing"))
                .anySatisfy(one -> assertThat(one).startsWith("worker.yaml:2:42: 'handlers[0].workload'"));
        assertThat(Assembling.in(directory).problems("{backend: declarative, model: {url: 'http://a'}}"))
                .singleElement()
                .asString()
                .startsWith("plugin declarative: 'handlers': found none");
        assertThat(Assembling.in(directory).problems("""
            backend: declarative
            model: {url: "http://127.0.0.1:1", log-file: none}
            handlers: [{route: /a}]
            """))
                .singleElement()
                .asString()
                .contains("found no benchmark", "capacity");
    }

    @Test
    void withoutTheCompilerExpressionsAreRefusedAndNumbersAreNot() {
        assertThat(Assembling.in(directory).withoutCompiler().problems("""
            backend: vllm
            handlers:
              - {route: /v1/completions, workload: payload.max_tokens}
              - {route: /v1/chat/completions, workload: 5}
            """))
                .singleElement()
                .asString()
                .startsWith("worker.yaml:3:5: 'handlers[0]': found an expression, and no plugin that compiles");
    }

    private static RoutePlan route(Assembly.Complete assembled, String path) {
        return assembled.plan().routes().stream()
                .filter(route -> route.path().equals(path))
                .findFirst()
                .orElseThrow();
    }
}
