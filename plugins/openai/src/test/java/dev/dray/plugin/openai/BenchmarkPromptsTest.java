package dev.dray.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.Member;
import dev.dray.model.RequestPayload;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.BenchmarkPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchmarkPromptsTest {
    private final RandomWords words = RandomWords.load();
    private final BenchmarkPrompts prompts =
            new BenchmarkPrompts(words, Optional.of("some/model"), Optional.empty(), 600);

    @Test
    void completionAsksTheNamedModelForFiveHundredTokensOnTwoHundredFiftyWords() {
        RequestPayload payload = parsed(prompts.completion(new SplittableRandom(1)));

        assertThat(names(payload)).containsExactly("model", "prompt", "temperature", "max_tokens");
        assertThat(payload.text("/model")).contains("some/model");
        assertThat(payload.text("/prompt").orElseThrow().split(" ", -1))
                .hasSize(250)
                .allMatch(words.words()::contains);
        assertThat(payload.numeric("/temperature")).hasValue(0.7);
        assertThat(payload.numeric("/max_tokens")).hasValue(500);
    }

    @Test
    void chatAsksInOneMessageOfTheUser() {
        RequestPayload payload = parsed(prompts.chat(new SplittableRandom(1)));

        assertThat(names(payload)).containsExactly("model", "messages", "temperature", "max_tokens");
        assertThat(payload.text("/messages/0/role")).contains("user");
        assertThat(payload.text("/messages/0/content").orElseThrow().split(" ", -1))
                .hasSize(250);
        assertThat(payload.at("/messages/1")).isEmpty();
        assertThat(payload.numeric("/temperature")).hasValue(0.7);
        assertThat(payload.numeric("/max_tokens")).hasValue(500);
    }

    @Test
    void leavesOutAModelThatIsNotKnown() {
        var nameless = new BenchmarkPrompts(words, Optional.empty(), Optional.empty(), 600);

        assertThat(names(parsed(nameless.chat(new SplittableRandom(1)))))
                .containsExactly("messages", "temperature", "max_tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b\\c", "line\nbreak\u0000", "mod\u00e8le \ud83d\ude00", "\ud800", "\u007f\u2028"})
    void writesAnyModelName(String name) {
        var named = new BenchmarkPrompts(words, Optional.of(name), Optional.of(name), 600);

        assertThat(parsed(named.completion(new SplittableRandom(1))).text("/model"))
                .contains(name);
    }

    @Test
    void neverSendsTheSameTextTwice() {
        var random = new SplittableRandom(7);
        Set<Bytes> seen = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            assertThat(seen.add(prompts.completion(random))).isTrue();
        }
    }

    @Test
    void drawsFromSeveralHundredPlainWordsThatDiffer() {
        assertThat(words.words())
                .hasSizeGreaterThan(300)
                .doesNotHaveDuplicates()
                .allMatch(word -> word.matches("[a-z]{2,12}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/completions", "/v1/chat/completions"})
    void runsThreeRoundsOfTenAfterAWarmUpAndPricesEachPayloadAtFiveHundred(String path) {
        var backend = OpenAiFamily.start(
                Engine.VLLM,
                FakePluginContext.builder()
                        .environment("BENCHMARK_ROUTE", path)
                        .environment("VLLM_MODEL", "some/model")
                        .build());
        var route = backend.routes().stream()
                .filter(candidate -> candidate.benchmark().isPresent())
                .findFirst()
                .orElseThrow();
        BenchmarkPlan plan = route.benchmark().orElseThrow();

        assertThat(route.path()).isEqualTo(path);
        assertThat(plan.runs()).isEqualTo(3);
        assertThat(plan.concurrency()).isEqualTo(10);
        assertThat(plan.warmup()).isTrue();
        assertThat(route.workload(parsed(plan.payloads().next(new SplittableRandom(3)))))
                .isEqualTo(500);
    }

    private static RequestPayload parsed(Bytes json) {
        return new RequestPayload(JsonValue.parse(json));
    }

    private static List<String> names(RequestPayload payload) {
        return ((JsonObject) payload.value())
                .members().stream().map(Member::name).toList();
    }
}
