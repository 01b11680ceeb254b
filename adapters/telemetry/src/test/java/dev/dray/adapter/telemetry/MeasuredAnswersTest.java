package dev.dray.adapter.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.adapter.telemetry.PrometheusTelemetry.Subject;
import dev.dray.model.Outcome;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeasuredAnswersTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String LABELS =
            "{gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"vllm\",gen_ai_request_model=\"some/model\"}";
    private static final long MILLI = 1_000_000;

    private final AtomicLong clock = new AtomicLong(5 * MILLI);
    private final PrometheusTelemetry telemetry = new PrometheusTelemetry(
            new Subject(List.of(CHAT), List.of(CHAT), "vllm", Optional.of("some/model"), 1),
            clock::get,
            Optional.empty());
    private final ScriptedUpstream upstream = new ScriptedUpstream();

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void aStreamIsTimedTokenByTokenAndNotAByteOfItChanges() {
        upstream.script = answer -> {
            answer.head(200, "text/event-stream");
            clock.addAndGet(40 * MILLI);
            answer.chunk("data: {\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}\n\n");
            clock.addAndGet(60 * MILLI);
            answer.chunk("data: {\"delta\":{\"con");
            clock.addAndGet(10 * MILLI);
            answer.chunk("tent\":\"Hi\"}}\n\n");
            clock.addAndGet(20 * MILLI);
            answer.chunk("data: {\"delta\":{\"content\":\" you\"}}\n\n");
            clock.addAndGet(30 * MILLI);
            answer.chunk("data: {\"delta\":{\"content\":\"!\"}}\n\ndata: [DONE]\n\n");
            answer.end();
        };

        Client client = serve(64);

        assertThat(client.text()).isEqualTo("""
                        data: {"delta":{"role":"assistant","content":""}}

                        data: {"delta":{"content":"Hi"}}

                        data: {"delta":{"content":" you"}}

                        data: {"delta":{"content":"!"}}

                        data: [DONE]

                        """);
        Page page = page();
        assertThat(page.millis("gen_ai_server_time_to_first_token_seconds", LABELS))
                .isEqualTo(110);
        assertThat(page.millis("gen_ai_server_time_per_output_token_seconds", LABELS))
                .isEqualTo(25);
        assertThat(page.value("dray_inter_token_seconds_count")).isEqualTo(2);
        assertThat(page.value("dray_inter_token_seconds_sum")).isEqualTo(0.05);
        assertThat(page.value("dray_tokens_total{type=\"output\"}")).isEqualTo(3);
        assertThat(page.value("dray_tokens_total{type=\"input\"}")).isZero();
        assertThat(page.value("dray_workload_estimate_ratio_sum")).isEqualTo(3.0 / 64);
        assertThat(page.value("dray_workload_estimate_units_total{route=\"" + CHAT + "\"}"))
                .isEqualTo(64);
        assertThat(page.value("dray_workload_estimate_tokens_total{route=\"" + CHAT + "\"}"))
                .isEqualTo(3);
    }

    @Test
    void whoAskedIsToldOfTheFirstTokenOfEachStreamThatWasServed() {
        var told = new ArrayList<Long>();
        telemetry.tellFirstTokens(told::add);
        upstream.script = answer -> {
            answer.head(200, "text/event-stream");
            clock.addAndGet(70 * MILLI);
            answer.chunk("data: {\"delta\":{\"content\":\"Hi\"}}\n\n");
            answer.end();
        };
        serve(64);
        upstream.script = answer -> {
            answer.head(200, "application/json");
            answer.chunk("{\"usage\":{\"completion_tokens\":48}}");
            answer.end();
        };
        serve(64);

        assertThat(told).containsExactly(70 * MILLI);
    }

    @Test
    void aWholeAnswerTellsItsTokensButHasNoFirstOne() {
        upstream.script = answer -> {
            answer.head(200, "application/json");
            answer.chunk("{\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":48}}");
            answer.end();
        };

        serve(64);

        Page page = page();
        assertThat(page.value("dray_tokens_total{type=\"input\"}")).isEqualTo(11);
        assertThat(page.value("dray_tokens_total{type=\"output\"}")).isEqualTo(48);
        assertThat(page.value("dray_workload_estimate_ratio_sum")).isEqualTo(0.75);
        assertThat(page.value("gen_ai_server_request_duration_seconds_count" + LABELS))
                .isOne();
        assertThat(page.value("gen_ai_server_time_to_first_token_seconds_count" + LABELS))
                .isZero();
        assertThat(page.value("gen_ai_server_time_per_output_token_seconds_count" + LABELS))
                .isZero();
    }

    @Test
    void openStreamsAreCountedUntilTheyEndOrBreak() {
        upstream.script = answer -> {
            answer.head(200, "text/event-stream");
            assertThat(page().value("dray_streams_open")).isOne();
            answer.exchange.failed(new ModelFailure(ModelFailure.Kind.RESET, "reset"));
        };
        serve(64);
        assertThat(page().value("dray_streams_open")).isZero();

        upstream.script = answer -> {
            answer.head(200, "application/json");
            assertThat(page().value("dray_streams_open")).isZero();
            answer.end();
        };
        serve(64);
        assertThat(page().value("dray_streams_open")).isZero();
    }

    @Test
    void theWayBackIsTheHeadAndTheFirstPieceOfTheBodyButNotTheWaitBetween() {
        upstream.script = answer -> {
            answer.head(200, "application/json");
            clock.addAndGet(500 * MILLI);
            answer.chunk("{");
            answer.chunk("}");
            answer.end();
        };
        var slow = new Client(clock, 3 * MILLI);

        serve(64, slow);

        assertThat(page().millis("dray_answer_overhead_seconds")).isEqualTo(6);
    }

    @Test
    void aClientThatGoesAwayIsToldToTheModelServersSideAsBefore() {
        upstream.script = answer -> {
            answer.head(200, "text/event-stream");
            assertThatThrownBy(() -> answer.chunk("data: {\"text\":\"x\"}\n\n"))
                    .isInstanceOf(ClientGoneException.class);
            answer.exchange.failed(new ModelFailure(ModelFailure.Kind.CLIENT_GONE, "gone"));
        };
        var gone = new Client(clock, 0) {
            @Override
            public void chunk(byte[] array, int offset, int length) {
                throw new ClientGoneException("gone", null);
            }
        };

        serve(64, gone);

        assertThat(page().value("dray_streams_open")).isZero();
        assertThat(page().value("dray_tokens_total{type=\"output\"}")).isZero();
    }

    @Test
    void theBenchmarksCallsAreNobodysTokens() {
        upstream.script = answer -> {
            answer.head(200, "application/json");
            answer.chunk("{\"usage\":{\"completion_tokens\":48}}");
            answer.end();
        };
        var client = new Client(clock, 0);

        telemetry.measured(upstream).launch(Calls.to(CHAT, ModelCall.Work.OWN, List.of(), client), client);

        assertThat(client.text()).contains("48");
        assertThat(page().value("dray_tokens_total{type=\"output\"}")).isZero();
    }

    @Test
    void whatNobodyAdmittedPassesUnread() {
        upstream.script = answer -> {
            answer.head(200, "text/event-stream");
            answer.chunk("data: {\"text\":\"x\"}\n\n");
            answer.end();
        };
        var client = new Client(clock, 0);

        telemetry
                .measured(upstream)
                .start(Calls.to(CHAT, ModelCall.Work.of(new RequestId(9), 1), List.of(), client), client);

        assertThat(client.text()).isEqualTo("data: {\"text\":\"x\"}\n\n");
        assertThat(page().value("dray_streams_open")).isZero();
    }

    private Client serve(double units) {
        return serve(units, new Client(clock, 0));
    }

    private Client serve(double units, Client client) {
        long arrived = clock.get();
        var id = new RequestId(1);
        telemetry.accept(new RequestAdmitted(id, Optional.empty(), CHAT, units, false, arrived));
        telemetry.measured(upstream).start(Calls.to(CHAT, ModelCall.Work.of(id, units), List.of(), client), client);
        telemetry.accept(new RequestEnded(new RequestRecord(
                id,
                Optional.empty(),
                Correlation.NONE,
                CHAT,
                Outcome.SERVED,
                units,
                200,
                "",
                arrived,
                arrived,
                arrived,
                arrived,
                clock.get())));
        return client;
    }

    private Page page() {
        return new Page(telemetry.scrape());
    }

    /// The client's side of one request; each write takes it a while.
    private static class Client extends FakeClient {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final AtomicLong clock;
        private final long takes;

        Client(AtomicLong clock, long takes) {
            this.clock = clock;
            this.takes = takes;
        }

        @Override
        public void head(ResponseHead head) {
            clock.addAndGet(takes);
        }

        @Override
        public void chunk(byte[] array, int offset, int length) {
            clock.addAndGet(takes);
            body.write(array, offset, length);
        }

        String text() {
            return body.toString(UTF_8);
        }
    }
}
