package dev.dray.adapter.httpserver;

import static dev.dray.adapter.httpserver.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Seen through a listener: what the buffer writes is what a client reads.
final class WireBufferTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 15, 16, 17, 255, 256, 4095, 4096, 16_384})
    void writesTheSizeOfAChunkInHex(int length) {
        var gate = new ScriptedGate().proceeding("/chunk", call -> {
            call.head();
            call.text("x".repeat(length));
            call.responder().end();
        });
        try (var running = RunningListener.of(gate);
                var client = running.client()) {
            client.send(post("/chunk", "x")).readTo("\r\n\r\n");

            assertThat(client.readTo("\r\n")).isEqualTo(Integer.toHexString(length) + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: b", "a\nX-Evil: b", "a\0b"})
    void letsNoValuePoseAsAHeader(String value) {
        var gate = new ScriptedGate().proceeding("/head", call -> {
            call.head("X-Value", value);
            call.responder().end();
        });
        try (var running = RunningListener.of(gate);
                var client = running.client()) {
            String head = client.send(post("/head", "x")).readTo("\r\n\r\n");

            assertThat(head).doesNotContain("\r\nX-Evil", "\nX-Evil", "\0");
        }
    }
}
