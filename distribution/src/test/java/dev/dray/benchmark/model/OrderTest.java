package dev.dray.benchmark.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OrderTest {
    @Test
    void isFoundInTheBareBodyAndInAnEnvelope() {
        Order order = Order.stream(250, 50);
        String payload = "{%s,\"prompt\":\"x\"}".formatted(order.member());

        assertThat(in(payload)).isEqualTo(order);
        assertThat(in("{\"auth_data\":{\"cost\":1},\"payload\":" + payload + "}"))
                .isEqualTo(order);
    }

    @Test
    void withoutOneASmallObjectIsAskedFor() {
        assertThat(in("{\"prompt\":\"bench\"}")).isEqualTo(Order.json(306));
    }

    @Test
    void refusesWordsThatAreNoOrder() {
        assertThatThrownBy(() -> in("{\"bench\":\"STREAM\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 'STREAM', expected a kind and two whole numbers");
    }

    private static Order in(String body) {
        byte[] bytes = body.getBytes(US_ASCII);
        return Order.in(bytes, bytes.length);
    }
}
