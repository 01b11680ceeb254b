package dev.dray.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model.url     | http://me:pass@127.0.0.1:9       | http://(set)@127.0.0.1:9
            model.url     | http://127.0.0.1:9               | http://127.0.0.1:9
            model.command | ["vllm", "--api-key", "sk-1"]    | ["vllm", "--api-key", "(set)"]
            model.command | ["vllm", "--api-key=sk-1", "-v"] | ["vllm", "--api-key=(set)", "-v"]
            model.command | ["env", "HF_TOKEN=hf_1", "vllm"] | ["env", "HF_TOKEN=(set)", "vllm"]
            model.command | ["vllm", "--max-model-len", "8"] | ["vllm", "--max-model-len", "8"]
            model.command | serve --api-key sk-1             | (set)
            model.servers | [{"url": "http://a:1", "command": ["x", "--token", "t"]}] | [{"url": "http://a:1", "command": ["x", "--token", "(set)"]}]
            """)
    void hidesKeysInCommandsAndPasswordsInUrls(String key, String value, String shown) {
        assertThat(Secrets.hidden(new Effective(key, value, new Origin.Default()))
                        .value())
                .isEqualTo(shown);
    }
}
