package dev.dray.port.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.HeaderField;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void readsTheTraceAndTheRequestId() {
        var fields = List.of(
                new HeaderField("Accept", "*/*"),
                new HeaderField("TraceParent", "00-%s-%s-01".formatted(TRACE, SPAN)),
                new HeaderField("X-Request-Id", "order-7"));

        assertThat(Correlation.of(fields)).isEqualTo(new Correlation(TRACE, SPAN, true, "order-7"));
    }

    @Test
    void readsATraceThatIsNotRecorded() {
        assertThat(trace("00-%s-%s-00".formatted(TRACE, SPAN))).isEqualTo(new Correlation(TRACE, SPAN, false, ""));
    }

    @Test
    void readsALaterVersionThatSaysMore() {
        assertThat(trace("01-%s-%s-03-more".formatted(TRACE, SPAN)).traceId()).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-1-2-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0"
            })
    void takesAMalformedTraceForNone(String value) {
        assertThat(trace(value)).isEqualTo(Correlation.NONE);
    }

    @Test
    void takesARequestIdThatCouldForgeALogLineForNone() {
        assertThat(requestId("a b")).isEmpty();
        assertThat(requestId("a\tb")).isEmpty();
        assertThat(requestId("ä")).isEmpty();
        assertThat(requestId("x".repeat(129))).isEmpty();
        assertThat(requestId("x".repeat(128))).hasSize(128);
    }

    private static Correlation trace(String value) {
        return Correlation.of(List.of(new HeaderField("traceparent", value)));
    }

    private static String requestId(String value) {
        return Correlation.of(List.of(new HeaderField("x-request-id", value))).requestId();
    }
}
