package dev.dray.plugin.openai;

import dev.dray.model.Bytes;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes what a benchmark sends as JSON. Each text is new, so that no cache of the model server answers
/// in its place,
/// and each payload costs what a reference request does.
///
/// @param words          where the texts come from
/// @param modelName      the model to ask for; empty: the payload names none
/// @param voice          the voice to speak with; empty: the payload names none, engines disagree on
///     the names
/// @param embeddingChars characters of an embedding
record BenchmarkPrompts(RandomWords words, Optional<String> modelName, Optional<String> voice, int embeddingChars) {
    private static final int PROMPT_WORDS = 250;
    private static final int MAX_TOKENS = 500;
    private static final int SHORT_TEXT = 60;
    /// A batch splits one reference request into that many.
    private static final int BATCH = 4;

    Bytes completion(RandomGenerator random) {
        return payload("\"prompt\": " + prompt(PROMPT_WORDS, random) + limits(MAX_TOKENS));
    }

    Bytes chat(RandomGenerator random) {
        return payload("\"messages\": " + conversation(PROMPT_WORDS, random) + limits(MAX_TOKENS));
    }

    Bytes chatBatch(RandomGenerator random) {
        String conversations = list(BATCH, () -> conversation(PROMPT_WORDS / BATCH, random));
        return payload("\"messages\": " + conversations + limits(MAX_TOKENS / BATCH));
    }

    Bytes embeddings(RandomGenerator random) {
        return payload("\"input\": " + text(embeddingChars, random));
    }

    Bytes rerank(RandomGenerator random) {
        return payload("\"query\": " + query(random) + ", \"documents\": " + documents(random));
    }

    Bytes score(RandomGenerator random) {
        return payload("\"queries\": " + query(random) + ", \"items\": " + documents(random));
    }

    Bytes speech(RandomGenerator random) {
        return payload("\"input\": " + text(SpeechPrice.REFERENCE, random) + spoken());
    }

    Bytes speechBatch(RandomGenerator random) {
        String items = list(BATCH, () -> "{\"input\": " + text(SpeechPrice.REFERENCE / BATCH, random) + "}");
        return payload("\"items\": " + items + spoken());
    }

    Bytes audio(RandomGenerator random) {
        return payload("\"input\": " + text(SHORT_TEXT, random) + ", \"audio_length\": 10.0");
    }

    Bytes image(RandomGenerator random) {
        return payload(imageFields(random));
    }

    /// What is asked of an image, with no brace around it.
    String imageFields(RandomGenerator random) {
        int side = ImagePrice.REFERENCE_SIDE;
        return "\"prompt\": %s, \"size\": \"%dx%d\", \"n\": 1".formatted(text(SHORT_TEXT, random), side, side);
    }

    Bytes video(RandomGenerator random) {
        return payload("\"prompt\": %s, \"width\": %d, \"height\": %d, \"num_frames\": %d"
                .formatted(
                        text(SHORT_TEXT, random),
                        VideoPrice.REFERENCE_WIDTH,
                        VideoPrice.REFERENCE_HEIGHT,
                        VideoPrice.REFERENCE_FRAMES));
    }

    /// An object with some members, and the model's name before them where it is known.
    Bytes payload(String members) {
        String model = modelName
                .map(name -> "\"model\": " + JsonText.quoted(name) + ", ")
                .orElse("");
        return Bytes.utf8("{" + model + members + "}");
    }

    private String conversation(int count, RandomGenerator random) {
        return "[{\"role\": \"user\", \"content\": " + prompt(count, random) + "}]";
    }

    private String query(RandomGenerator random) {
        return text(PairPrice.REFERENCE_QUERY, random);
    }

    private String documents(RandomGenerator random) {
        return list(PairPrice.REFERENCE_DOCUMENTS, () -> text(PairPrice.REFERENCE_DOCUMENT, random));
    }

    private String spoken() {
        return voice.map(name -> ", \"voice\": " + JsonText.quoted(name)).orElse("");
    }

    private String prompt(int count, RandomGenerator random) {
        return JsonText.quoted(words.text(count, random));
    }

    private String text(int characters, RandomGenerator random) {
        return JsonText.quoted(words.characters(characters, random));
    }

    private static String limits(int tokens) {
        return ", \"temperature\": 0.7, \"max_tokens\": " + tokens;
    }

    private static String list(int count, Supplier<String> item) {
        return Stream.generate(item).limit(count).collect(Collectors.joining(", ", "[", "]"));
    }
}
