package dev.dray.adapter.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A model server that answers as its script says, on the caller's thread.
final class ScriptedUpstream implements ModelServer {
    Consumer<Answer> script = _ -> {};

    @Nullable
    ModelCall asked;

    @Override
    public void start(ModelCall call, Exchange exchange) {
        asked = call;
        script.accept(new Answer(call.sink(), exchange));
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        start(call, exchange);
    }

    /// One answer, said in the order a model client says it.
    static final class Answer {
        final ResponseSink sink;
        final Exchange exchange;

        Answer(ResponseSink sink, Exchange exchange) {
            this.sink = sink;
            this.exchange = exchange;
        }

        void head(int status, String type) {
            exchange.begun(() -> {});
            exchange.head(status);
            sink.head(new ResponseHead(status, List.of(new HeaderField("Content-Type", type))));
        }

        void chunk(String text) {
            byte[] bytes = text.getBytes(UTF_8);
            sink.chunk(bytes, 0, bytes.length);
        }

        void end() {
            sink.end();
            exchange.ended();
        }
    }
}
