package dev.dray.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.ModelServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamErrorEventsTest {
    private static final HeaderField EVENTS = new HeaderField("content-type", "Text/Event-Stream; charset=utf-8");
    private static final String EVENT =
            "event: error\ndata: {\"error\": {\"code\": \"reset\", \"message\": \"the answer"
                    + " broke off\", \"source\": \"model\"}}\n\n";

    private final Client client = new Client();
    private final Told told = new Told();

    @ParameterizedTest
    @ValueSource(strings = {"", "data: 1\n\n", "data: 1\r\n\r\n", "data: 1\r\r", ": hello\n\ndata: 2\n\n"})
    void saysSoBetweenTwoEvents(String body) {
        breakAfter(List.of(EVENTS), body.split("(?<=1)"));

        assertThat(client.body).hasToString(body + EVENT);
        assertThat(told.events).containsExactly("begun", "head 200", "failed RESET");
    }

    @Test
    void seesAnEndOfEventThatComesInPieces() {
        breakAfter(List.of(EVENTS), "data: 1\r", "\n", "\r", "\n");

        assertThat(client.body).endsWith(EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "data: 1", "data: 1\n", "data: 1\r\n", "data: 1\r\n\r", "data: 1\n\ndata"})
    void keepsSilentInTheMiddleOfAnEvent(String body) {
        breakAfter(List.of(EVENTS), body);

        assertThat(client.body).hasToString(body);
        assertThat(told.events).endsWith("failed RESET");
    }

    @Test
    void keepsSilentWhereNothingOfOursMayStand() {
        breakAfter(List.of(new HeaderField("Content-Type", "application/json")), "{}\n\n");
        breakAfter(List.of(EVENTS, new HeaderField("Content-Length", "100")), "data: 1\n\n");
        breakAfter(List.of(EVENTS, new HeaderField("Content-Encoding", "gzip")), "data: 1\n\n");

        assertThat(client.body).hasToString("{}\n\ndata: 1\n\ndata: 1\n\n");
    }

    @Test
    void aWholeStreamStaysAsItIs() {
        Answer answer = (sink, exchange) -> {
            sink.head(new ResponseHead(200, List.of(EVENTS)));
            write(sink, "data: 1\n\n");
            sink.end();
            exchange.ended();
        };

        new StreamErrorEvents(Set.of("/a"), new Below(answer)).start(call("/a"), told);

        assertThat(client.body).hasToString("data: 1\n\n");
        assertThat(told.events).containsExactly("ended");
    }

    @Test
    void aClientThatHasGoneChangesNothing() {
        client.gone = true;
        breakAfter(List.of(EVENTS));

        assertThat(told.events).endsWith("failed RESET");
    }

    @Test
    void otherRoutesAreLeftAlone() {
        Answer answer = (sink, exchange) -> {
            assertThat(sink).isSameAs(client);
            assertThat(exchange).isSameAs(told);
        };

        new StreamErrorEvents(Set.of("/a"), new Below(answer)).start(call("/b"), told);
    }

    private void breakAfter(List<HeaderField> headers, String... pieces) {
        Answer answer = (sink, exchange) -> {
            exchange.begun(() -> {});
            exchange.head(200);
            sink.head(new ResponseHead(200, headers));
            for (String piece : pieces) {
                write(sink, piece);
            }
            exchange.failed(new ModelFailure(Kind.RESET, "reset"));
        };
        new StreamErrorEvents(Set.of("/a"), new Below(answer)).start(call("/a"), told);
    }

    private static void write(ResponseSink sink, String text) {
        // Inside a larger array, as a buffer that is used again.
        byte[] bytes = ("\n\n" + text + "\n\n").getBytes(StandardCharsets.UTF_8);
        if (!text.isEmpty()) {
            sink.chunk(bytes, 2, bytes.length - 4);
        }
    }

    private ModelCall call(String path) {
        return new ModelCall(0, "POST", path, ModelBody.NONE, List.of(), TimeOuts.SERIAL, ModelCall.Work.OWN, client);
    }

    /// What the model server does.
    private interface Answer {
        void give(ResponseSink sink, Exchange exchange);
    }

    private record Below(Answer answer) implements ModelServer {
        @Override
        public void start(ModelCall call, Exchange exchange) {
            answer.give(call.sink(), exchange);
        }

        @Override
        public void launch(ModelCall call, Exchange exchange) {
            throw new AssertionError("no benchmark here");
        }
    }

    private static final class Client implements ResponseSink {
        final StringBuilder body = new StringBuilder();
        boolean gone;

        @Override
        public void head(ResponseHead head) {
            assertThat(head.status()).isEqualTo(200);
        }

        @Override
        public void chunk(byte[] array, int offset, int length) {
            if (gone) {
                throw new ClientGoneException("gone", null);
            }
            body.append(new String(array, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void end() {
            // Nothing to see.
        }

        @Override
        public void breakOff() {
            throw new AssertionError("the worker breaks off");
        }
    }

    private static final class Told implements Exchange {
        final List<String> events = new ArrayList<>();

        @Override
        public void begun(Abort abort) {
            events.add("begun");
        }

        @Override
        public void head(int status) {
            events.add("head " + status);
        }

        @Override
        public void ended() {
            events.add("ended");
        }

        @Override
        public void failed(ModelFailure failure) {
            events.add("failed " + failure.kind());
        }
    }
}
