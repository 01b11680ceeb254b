package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.ModelServer;
import dev.dray.port.testing.ModelServerContract;
import dev.dray.port.testing.RecordingExchange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueuedScriptedModelServerTest extends ModelServerContract {
    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private final ScriptedModelServer server = new ScriptedModelServer(timers);

    @Override
    protected ModelServer modelServer(Behaviour behaviour) {
        server.next(ScriptedBehaviour.script(behaviour));
        return server;
    }

    @Override
    protected void awaitServerSawClose() {
        assertThat(server.latest().over()).isTrue();
    }

    @Override
    protected void settle() {
        timers.runDue();
    }

    @Test
    void doesNothingInsideTheCallButBegin() {
        RecordingExchange exchange = launched(Script.json("{}"));

        assertThat(exchange.events()).containsExactly("begun");

        timers.runDue();
        assertThat(exchange.events()).endsWith("ended");
    }

    @Test
    void pausesBetweenSteps() {
        RecordingExchange exchange = launched(Script.head(200, "text/event-stream")
                .chunk("data: a\n\n")
                .pause(Duration.ofMillis(20))
                .chunk("data: b\n\n")
                .end());

        timers.advance(Duration.ofMillis(19));
        assertThat(exchange.chunks()).isEqualTo(1);

        timers.advance(Duration.ofMillis(1));
        assertThat(exchange.chunks()).isEqualTo(2);
        assertThat(exchange.events()).endsWith("ended");
    }

    @Test
    void abortCutsAPauseShort() throws Exception {
        RecordingExchange exchange =
                launched(Script.hang().pause(Duration.ofHours(1)).chunk("never").end());
        timers.runDue();

        exchange.awaitBegun().abort();
        timers.runDue();

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        assertThat(server.latest().aborted()).isTrue();
        assertThat(timers.waiting()).isZero();
        assertThat(server.open()).isZero();
    }

    @Test
    void letsATestPlayOnWhereAScriptHangs() {
        RecordingExchange exchange = launched(Script.hang());
        timers.runDue();
        assertThat(server.open()).isEqualTo(1);

        server.latest().play(Script.json("{\"ok\":true}"));
        timers.runDue();

        assertThat(exchange.body()).isEqualTo(Bytes.utf8("{\"ok\":true}"));
        assertThat(server.latest().request().path()).isEqualTo("/v1/completions");
        assertThat(server.open()).isZero();
    }

    @Test
    void answersTheSameForEverOnceTheQueuedScriptsAreUsed() {
        server.otherwise(call -> Script.json(sent(call)));

        launched(Script.refuse());
        RecordingExchange second = started();
        timers.runDue();

        assertThat(second.body()).isEqualTo(Bytes.utf8("{}"));
        assertThat(server.calls()).hasSize(2);
    }

    @Test
    void refusesToPauseWithoutTimers() {
        var inline = new ScriptedModelServer();
        inline.next(Script.hang().pause(Duration.ofMillis(1)).end());
        RecordingExchange exchange = RecordingExchange.patient();

        assertThatIllegalStateException()
                .isThrownBy(() -> inline.start(call(exchange), exchange))
                .withMessageContaining("needs timers");
    }

    private RecordingExchange launched(Script script) {
        server.next(script);
        return started();
    }

    private RecordingExchange started() {
        RecordingExchange exchange = RecordingExchange.patient();
        server.launch(call(exchange), exchange);
        return exchange;
    }

    private static String sent(ModelCall call) {
        return call.body() instanceof ModelBody.Whole(String _, Bytes json) ? json.utf8Text() : "";
    }

    private static ModelCall call(RecordingExchange exchange) {
        return new ModelCall(
                0,
                "POST",
                "/v1/completions",
                ModelBody.json(Bytes.utf8("{}")),
                List.of(),
                TimeOuts.PARALLEL,
                ModelCall.Work.OWN,
                exchange);
    }
}
