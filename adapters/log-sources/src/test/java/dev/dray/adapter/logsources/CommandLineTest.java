package dev.dray.adapter.logsources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "vllm serve Qwen/Qwen3-8B --port 8000|vllm serve Qwen/Qwen3-8B --port 8000",
                "vllm --api-key abc --port 8000|vllm --api-key *** --port 8000",
                "vllm --api-key=abc|vllm --api-key=***",
                "vllm --api_key -abc|vllm --api_key ***",
                "tgi --trust-auth --port 1|tgi --trust-auth --port 1",
                "tgi --hf-token|tgi --hf-token",
                "env HF_TOKEN=abc PORT=1 x|env HF_TOKEN=*** PORT=1 x",
                "x --max-num-batched-tokens 8192|x --max-num-batched-tokens 8192",
                "x --tokenizer a/b|x --tokenizer a/b",
                "x hf_abcdefgh12345678|x ***",
                "x --other=sk-abcdefgh12345678|x --other=***",
                "x eyJhbGciOiJIUzI1NiJ9.e30.abc|x ***",
                "x 0123456789abcdef0123456789abcdef|x ***",
                "x --model Meta-Llama-3.1-70B-Instruct-AWQ-INT4|x --model Meta-Llama-3.1-70B-Instruct-AWQ-INT4",
                "x --db=postgres://me:abc@host/db|x --db=postgres://***@host/db"
            })
    void hidesWhatMayBeAKey(String command, String shown) {
        assertThat(CommandLine.shown(List.of(command.split(" ")))).isEqualTo(shown);
    }

    @Test
    void hidesKeysInsideAScriptToo() {
        assertThat(CommandLine.shown(List.of("sh", "-c", "exec vllm --api-key 'abc'\n  --port 1")))
                .isEqualTo("sh -c exec vllm --api-key *** --port 1");
    }

    @Test
    void hidesAKeyWithBlanksInIt() {
        assertThat(CommandLine.shown(List.of("x", "--password", "my own words", "--port", "1")))
                .isEqualTo("x --password *** --port 1");
    }

    @Test
    void staysShortAndInOneLine() {
        String shown = CommandLine.shown(List.of("x", "a\u0007b", "long ".repeat(100)));

        assertThat(shown).startsWith("x a?b long").hasSize(201).endsWith("…");
    }
}
