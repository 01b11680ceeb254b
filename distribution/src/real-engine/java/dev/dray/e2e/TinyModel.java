package dev.dray.e2e;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// A language model in a file (GGUF, version 3) that llama.cpp loads and runs: random weights, a vocabulary of
/// words made of syllables. What it says has no sense; how it says it, token by token, is real.
final class TinyModel {
    private static final int WIDTH = 256;
    private static final int LAYERS = 2;
    private static final int HEADS = 8;
    private static final int INNER = 320;
    private static final int CONTEXT = 32_768;
    private static final int WORDS = 1_200;
    private static final int SPECIAL = 3;
    private static final int BYTES = 256;
    private static final int ALIGNMENT = 32;
    private static final int FILE_BYTES = 16 << 20;

    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    // Kinds of tokens, as the format numbers them.
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int BYTE = 6;

    private final ByteBuffer out = ByteBuffer.allocate(FILE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Tensor> tensors = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(20_261_124);

    /// @param columns length of a row; rows 1 for a vector
    private record Tensor(String name, int columns, int rows) {
        long bytes() {
            return 4L * columns * rows;
        }
    }

    private TinyModel() {}

    /// Writes the file.
    static Path write(Path file) throws IOException {
        TinyModel model = new TinyModel();
        model.tensors();
        model.describe();
        model.weights();
        byte[] bytes = new byte[model.out.position()];
        model.out.flip().get(bytes);
        return Files.write(file, bytes);
    }

    private void tensors() {
        int vocabulary = SPECIAL + BYTES + WORDS;
        tensors.add(new Tensor("token_embd.weight", WIDTH, vocabulary));
        for (int i = 0; i < LAYERS; i++) {
            String layer = "blk." + i + ".";
            tensors.add(new Tensor(layer + "attn_norm.weight", WIDTH, 1));
            for (String one : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
                tensors.add(new Tensor(layer + one + ".weight", WIDTH, WIDTH));
            }
            tensors.add(new Tensor(layer + "ffn_norm.weight", WIDTH, 1));
            tensors.add(new Tensor(layer + "ffn_gate.weight", WIDTH, INNER));
            tensors.add(new Tensor(layer + "ffn_up.weight", WIDTH, INNER));
            tensors.add(new Tensor(layer + "ffn_down.weight", INNER, WIDTH));
        }
        tensors.add(new Tensor("output_norm.weight", WIDTH, 1));
        tensors.add(new Tensor("output.weight", WIDTH, vocabulary));
    }

    private void describe() {
        out.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3);
        out.putLong(tensors.size());
        int count = out.position();
        out.putLong(0);
        int fields = hyperparameters() + vocabulary();
        out.putLong(count, fields);
        long offset = 0;
        for (Tensor tensor : tensors) {
            text(tensor.name());
            boolean vector = tensor.rows() == 1;
            out.putInt(vector ? 1 : 2).putLong(tensor.columns());
            if (!vector) {
                out.putLong(tensor.rows());
            }
            out.putInt(0).putLong(offset);
            offset += (tensor.bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
    }

    /// @return number of fields written
    private int hyperparameters() {
        field("general.architecture", "llama");
        field("general.name", "tiny");
        field("llama.context_length", CONTEXT);
        field("llama.embedding_length", WIDTH);
        field("llama.block_count", LAYERS);
        field("llama.feed_forward_length", INNER);
        field("llama.attention.head_count", HEADS);
        field("llama.attention.head_count_kv", HEADS);
        field("llama.rope.dimension_count", WIDTH / HEADS);
        key("llama.attention.layer_norm_rms_epsilon", FLOAT32);
        out.putFloat(1e-5f);
        return 10;
    }

    /// @return number of fields written
    private int vocabulary() {
        List<String> words = words();
        int size = SPECIAL + BYTES + words.size();
        field("tokenizer.ggml.model", "llama");
        array("tokenizer.ggml.tokens", STRING, size);
        List.of("<unk>", "<s>", "</s>").forEach(this::text);
        for (int i = 0; i < BYTES; i++) {
            text(String.format(Locale.ROOT, "<0x%02X>", i));
        }
        words.forEach(this::text);
        array("tokenizer.ggml.scores", FLOAT32, size);
        for (int i = 0; i < size; i++) {
            out.putFloat(i < SPECIAL + BYTES ? 0 : -i);
        }
        array("tokenizer.ggml.token_type", INT32, size);
        out.putInt(UNKNOWN).putInt(CONTROL).putInt(CONTROL);
        for (int i = SPECIAL; i < size; i++) {
            out.putInt(i < SPECIAL + BYTES ? BYTE : NORMAL);
        }
        field("tokenizer.ggml.unknown_token_id", 0);
        field("tokenizer.ggml.bos_token_id", 1);
        field("tokenizer.ggml.eos_token_id", 2);
        return 7;
    }

    // The tokenizer joins letters to words pair by pair, so every beginning of a word is a token too.
    private static List<String> words() {
        List<String> words = new ArrayList<>();
        words.add("\u2581");
        for (char letter = 'a'; letter <= 'z'; letter++) {
            words.add(String.valueOf(letter));
        }
        List<String> syllables = new ArrayList<>();
        for (char consonant : "bdfgklmnprst".toCharArray()) {
            for (char vowel : "aeiou".toCharArray()) {
                syllables.add("" + consonant + vowel);
            }
        }
        words.addAll(syllables);
        for (String first : syllables) {
            words.add("\u2581" + first);
        }
        for (int i = 0; words.size() < WORDS; i++) {
            words.add("\u2581" + syllables.get(i % 60) + syllables.get((i / 60 * 7 + i) % 60));
        }
        return words;
    }

    private void weights() {
        align();
        for (Tensor tensor : tensors) {
            boolean norm = tensor.rows() == 1;
            double spread = 1 / Math.sqrt(tensor.columns());
            for (long i = 0; i < tensor.bytes() / 4; i++) {
                out.putFloat(norm ? 1 : (float) (random.nextGaussian() * spread));
            }
            align();
        }
    }

    private void align() {
        while (out.position() % ALIGNMENT != 0) {
            out.put((byte) 0);
        }
    }

    private void key(String name, int type) {
        text(name);
        out.putInt(type);
    }

    private void field(String name, int value) {
        key(name, UINT32);
        out.putInt(value);
    }

    private void field(String name, String value) {
        key(name, STRING);
        text(value);
    }

    private void array(String name, int type, int size) {
        key(name, ARRAY);
        out.putInt(type).putLong(size);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putLong(bytes.length).put(bytes);
    }
}
