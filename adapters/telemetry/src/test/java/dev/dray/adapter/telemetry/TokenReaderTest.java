package dev.dray.adapter.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ResponseHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenReaderTest {
    private static final String CHAT = """
            data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

            data: {"id":"c","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}

            data: {"id":"c","choices":[{"index":0,"delta":{"content":" \\"content\\":\\"x\\" "},"finish_reason":null}]}

            : a comment "content":"x"

            data: {"id":"c","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}]}

            data: {"id":"c","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21}}

            data: [DONE]

            """;
    private static final String COMPLETIONS = """
            data: {"choices": [{"text": "one", "index": 0}]}

            data: {"choices": [{"text": " two", "index": 0}]}

            data: [DONE]

            """;
    private static final String TGI = """
            data:{"index":1,"token":{"id":5,"text":"Hi","logprob":-0.1,"special":false},"generated_text":null,"details":null}

            data:{"index":2,"token":{"id":2,"text":"</s>","logprob":0.0,"special":true},"generated_text":"Hi","details":{"finish_reason":"eos_token","generated_tokens":2,"seed":null}}

            """;
    private static final String LLAMA = """
            data: {"index":0,"content":"Hi","tokens":[13],"stop":false,"id_slot":-1,"tokens_predicted":1,"tokens_evaluated":7}

            data: {"index":0,"content":"","tokens":[],"stop":true,"tokens_predicted":3,"tokens_evaluated":7,"timings":{"prompt_n":4,"predicted_n":3}}

            """;
    private static final String RESPONSES = """
            event: response.created
            data: {"type":"response.created","response":{"id":"r","instructions":"be kind","output":[],"text":{"format":{"type":"text"}}}}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","delta":"Hi"}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","delta":" there"}

            event: response.output_text.done
            data: {"type":"response.output_text.done","text":"Hi there"}

            event: response.completed
            data: {"type":"response.completed","response":{"output":[{"content":[{"type":"output_text","text":"Hi there"}]}],"usage":{"input_tokens":4,"output_tokens":2}}}

            """;
    private static final String MESSAGES = """
            event: message_start
            data: {"type":"message_start","message":{"usage":{"input_tokens":25,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: ping
            data: {"type":"ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}

            """;

    record Counts(long events, long input, long output) {}

    record Dialect(String name, String stream, Counts counts) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Dialect> dialects() {
        return List.of(
                new Dialect("chat", CHAT, new Counts(2, 9, 12)),
                new Dialect("completions", COMPLETIONS, new Counts(2, JsonScan.NONE, 2)),
                new Dialect("tgi", TGI, new Counts(2, JsonScan.NONE, 2)),
                new Dialect("llama", LLAMA, new Counts(1, 7, 3)),
                new Dialect("responses", RESPONSES, new Counts(2, 4, 2)),
                new Dialect("messages", MESSAGES, new Counts(1, 25, 15)));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void countsWhatEachDialectStreams(Dialect dialect) {
        assertThat(read("text/event-stream; charset=utf-8", List.of(bytes(dialect.stream()))))
                .isEqualTo(dialect.counts());
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, 200).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyCutAndEveryLineEndingGivesTheSameCounts(int seed) {
        var random = new Random(seed);
        for (Dialect dialect : dialects()) {
            String ending = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
            byte[] stream = bytes(dialect.stream().replace("\n", ending));

            assertThat(read("text/event-stream", cut(stream, random)))
                    .as("%s, ending %s", dialect, ending.replace("\r", "CR").replace("\n", "LF"))
                    .isEqualTo(dialect.counts());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noTextOfAModelIsTakenForACount(int seed) {
        var random = new Random(seed);
        String[] pieces = {"\\\"", "\"", "\\\\", "completion_tokens", "content", ":", " ", "7", "data:", "\\n", "{", "}"
        };
        var text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String piece = pieces[random.nextInt(pieces.length)];
            text.append(piece.equals("\"") ? "'" : piece);
        }
        String stream = "data: {\"choices\":[{\"text\":\"%s\"}]}\n\ndata: {\"usage\":{\"completion_tokens\":3}}\n\n"
                .formatted("x" + text);

        assertThat(read("text/event-stream", cut(bytes(stream), random))).isEqualTo(new Counts(1, JsonScan.NONE, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"text\":\"Hi\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6}}",
                "{\n  \"choices\" : [],\n  \"usage\" : {\n    \"prompt_tokens\" : 5,\n    \"completion_tokens\" : 6\n  }\n}",
                "{\"content\":\"Hi\",\"tokens_predicted\":6,\"tokens_evaluated\":5,\"timings\":{\"prompt_n\":1,\"predicted_n\":6}}",
                "{\"timings\":{\"prompt_n\":5,\"predicted_n\":6}}",
                "{\"usage\":{\"input_tokens\":5,\"output_tokens\":6}}"
            })
    void readsWhatAWholeAnswerCounted(String answer) {
        for (int size = 1; size <= answer.length(); size++) {
            assertThat(read("application/json", pieces(bytes(answer), size))).isEqualTo(new Counts(0, 5, 6));
        }
    }

    @Test
    void readsTheEndOfAnAnswerOfMegabytes() {
        String picture = "{\"data\":[{\"b64_json\":\"" + "A\\\"B".repeat(1_000_000)
                + "\"}],\"usage\":{\"input_tokens\":5,\"output_tokens\":4160}}";

        for (int size : List.of(4096, 9_999, 65_536, picture.length())) {
            assertThat(read("application/json; charset=utf-8", pieces(bytes(picture), size)))
                    .as("chunks of %d", size)
                    .isEqualTo(new Counts(0, 5, 4160));
        }
    }

    @Test
    void whatIsCompressedFailedOrOfAnotherTypeIsNotRead() {
        byte[] body = bytes("data: {\"text\":\"x\",\"completion_tokens\":3}\n\n");
        var nothing = new Counts(0, JsonScan.NONE, JsonScan.NONE);

        assertThat(read(head(200, "text/event-stream", "gzip"), List.of(body))).isEqualTo(nothing);
        assertThat(read(head(500, "text/event-stream", "identity"), List.of(body)))
                .isEqualTo(nothing);
        assertThat(read(head(200, "video/mp4", "identity"), List.of(body))).isEqualTo(nothing);
        assertThat(read(new ResponseHead(200, List.of()), List.of(body))).isEqualTo(nothing);
    }

    @Test
    void aPromptThatEchoesACountIsOnlyText() {
        byte[] body = bytes("{\"prompt\":\"{\\\"completion_tokens\\\":999}\",\"usage\":{\"completion_tokens\":null}}");

        assertThat(read("application/json", List.of(body))).isEqualTo(new Counts(0, JsonScan.NONE, JsonScan.NONE));
    }

    private static Counts read(String type, List<byte[]> chunks) {
        return read(head(200, type, "identity"), chunks);
    }

    // Each chunk lies somewhere inside an array that is used again, as a model client's buffer is.
    private static Counts read(ResponseHead head, List<byte[]> chunks) {
        TokenReader reader = TokenReader.of(head);
        for (byte[] chunk : chunks) {
            byte[] buffer = bytes("#".repeat(3) + "\"content\":\"x\"" + "#".repeat(chunk.length));
            System.arraycopy(chunk, 0, buffer, 16, chunk.length);
            reader.read(buffer, 16, chunk.length);
        }
        return new Counts(reader.events(), reader.input(), reader.output());
    }

    private static ResponseHead head(int status, String type, String encoding) {
        return new ResponseHead(
                status, List.of(new HeaderField("content-type", type), new HeaderField("Content-Encoding", encoding)));
    }

    private static List<byte[]> cut(byte[] whole, Random random) {
        var chunks = new ArrayList<byte[]>();
        int at = 0;
        while (at < whole.length) {
            int size = Math.min(whole.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 200));
            chunks.add(Arrays.copyOfRange(whole, at, at + size));
            at += size;
        }
        return chunks;
    }

    private static List<byte[]> pieces(byte[] whole, int size) {
        return IntStream.iterate(0, at -> at < whole.length, at -> at + size)
                .mapToObj(at -> Arrays.copyOfRange(whole, at, Math.min(whole.length, at + size)))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
