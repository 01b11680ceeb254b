package dev.dray.port.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.ModelServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [ModelServer] promises to the worker.
public abstract class ModelServerContract {
    private static final ResponseHead PLAIN = new ResponseHead(
            200, List.of(new HeaderField("Content-Type", "text/plain"), new HeaderField("Content-Length", "5")));
    private static final ResponseHead STREAM =
            new ResponseHead(200, List.of(new HeaderField("Content-Type", "text/event-stream")));

    /// What the server on the other side does with each request.
    public sealed interface Behaviour {
        /// Answers with a head and a body in pieces: with `Content-Length` if the head has one, else in
        /// chunks.
        record Serves(ResponseHead head, List<Bytes> pieces) implements Behaviour {}

        /// Answers so far, then the connection breaks.
        record Breaks(ResponseHead head, List<Bytes> pieces) implements Behaviour {}

        /// Accepts no connection.
        record Refuses() implements Behaviour {}

        /// Answers so far (nothing at all, if there is no piece), then sends nothing more, for ever.
        record Stalls(ResponseHead head, List<Bytes> pieces) implements Behaviour {}
    }

    /// An implementation that speaks to a server which behaves so.
    protected abstract ModelServer modelServer(Behaviour behaviour) throws Exception;

    /// Returns once the server on the other side saw its connection close; throws if that does not
    /// happen.
    protected abstract void awaitServerSawClose() throws Exception;

    /// Lets happen what was started. Simulations run their event queue here.
    protected void settle() {}

    @Test
    void relaysHeadAndBodyThenEnds() throws Exception {
        RecordingExchange exchange = launched(new Behaviour.Serves(PLAIN, List.of(Bytes.utf8("hello"))));

        exchange.awaitOver();

        assertThat(exchange.events())
                .containsExactly("begun", "head 200", "relay head", "relay body", "relay end", "ended");
        assertThat(exchange.body()).isEqualTo(Bytes.utf8("hello"));
        assertThat(exchange.awaitHead().headers()).containsAll(PLAIN.headers());
    }

    @Test
    void startIsTheSameOnTheCallingThread() throws Exception {
        RecordingExchange exchange = RecordingExchange.patient();
        ModelServer server = modelServer(new Behaviour.Serves(PLAIN, List.of(Bytes.utf8("hello"))));

        server.start(call(exchange), exchange);
        settle();

        exchange.awaitOver();
        assertThat(exchange.events()).endsWith("relay end", "ended");
    }

    @Test
    void joinsTheChunksOfAStream() throws Exception {
        List<Bytes> tokens = List.of(Bytes.utf8("data: a\n\n"), Bytes.utf8("data: b\n\n"), Bytes.utf8("data: c\n\n"));

        RecordingExchange exchange = launched(new Behaviour.Serves(STREAM, tokens));

        exchange.awaitOver();
        assertThat(exchange.events()).endsWith("ended");
        assertThat(exchange.body().utf8Text()).isEqualTo("data: a\n\ndata: b\n\ndata: c\n\n");
    }

    @Test
    void relaysAnErrorOfTheModelServerAsAnAnswer() throws Exception {
        ResponseHead head = new ResponseHead(500, List.of(new HeaderField("Content-Length", "4")));

        RecordingExchange exchange = launched(new Behaviour.Serves(head, List.of(Bytes.utf8("oops"))));

        exchange.awaitOver();
        assertThat(exchange.events())
                .containsExactly("begun", "head 500", "relay head", "relay body", "relay end", "ended");
    }

    @Test
    void tellsOfARefusedConnection() throws Exception {
        RecordingExchange exchange = launched(new Behaviour.Refuses());

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.REFUSED);
        assertThat(exchange.events()).containsExactly("begun", "failed REFUSED");
    }

    @Test
    void leavesABrokenAnswerToTheWorker() throws Exception {
        RecordingExchange exchange = launched(new Behaviour.Breaks(STREAM, List.of(Bytes.utf8("data: a\n\n"))));

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.RESET);
        assertThat(exchange.events())
                .doesNotContain("relay end", "relay break-off")
                .endsWith("failed RESET");
    }

    @Test
    void abortsWhileNothingHasCome() throws Exception {
        RecordingExchange exchange = launched(new Behaviour.Stalls(STREAM, List.of()));

        exchange.awaitBegun().abort();
        exchange.awaitBegun().abort();
        settle();

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        assertThat(exchange.events()).containsExactly("begun", "failed ABORTED");
    }

    @Test
    void abortsInTheMiddleOfAStream() throws Exception {
        RecordingExchange exchange = launched(new Behaviour.Stalls(STREAM, List.of(Bytes.utf8("data: a\n\n"))));
        exchange.awaitChunk();

        exchange.awaitBegun().abort();
        settle();

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        awaitServerSawClose();
    }

    @Test
    void mayBeAbortedBeforeItIsOnItsWay() throws Exception {
        RecordingExchange exchange = RecordingExchange.abortingAtOnce();
        ModelServer server = modelServer(new Behaviour.Serves(PLAIN, List.of(Bytes.utf8("hello"))));

        server.launch(call(exchange), exchange);
        settle();

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        assertThat(exchange.events()).containsExactly("begun", "failed ABORTED");
    }

    @Test
    void stopsTheModelServerWhenTheClientIsGone() throws Exception {
        RecordingExchange exchange = RecordingExchange.goneAfter(0);
        ModelServer server = modelServer(new Behaviour.Stalls(STREAM, List.of(Bytes.utf8("data: a\n\n"))));

        server.launch(call(exchange), exchange);
        settle();

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.CLIENT_GONE);
        awaitServerSawClose();
    }

    private RecordingExchange launched(Behaviour behaviour) throws Exception {
        RecordingExchange exchange = RecordingExchange.patient();
        modelServer(behaviour).launch(call(exchange), exchange);
        settle();
        return exchange;
    }

    private static ModelCall call(RecordingExchange exchange) {
        return new ModelCall(
                0,
                "POST",
                "/v1/completions",
                ModelBody.json(Bytes.utf8("{\"prompt\": \"hi\"}")),
                List.of(),
                TimeOuts.PARALLEL,
                ModelCall.Work.OWN,
                exchange);
    }
}
