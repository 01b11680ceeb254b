package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens read from what passes, and the trace a request is in, through the packaged worker.
class TelemetryIT {
    private static final String ROUTE = "/my/route";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String GEN_AI = "{gen_ai_operation_name=\"generate_content\",gen_ai_provider_name=\"demo\"}";

    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    @BeforeEach
    void build(@TempDir Path folder) throws Exception {
        world = new World(folder);
        world.model().on(ROUTE, call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.chunk("data: {\"choices\": [{\"delta\": {\"role\": \"assistant\", \"content\": \"\"}}]}\n\n");
            call.chunk("data: {\"choices\": [{\"delta\": {\"content\": \"Hi\"}}]}\n\n");
            call.chunk("data: {\"choices\": [{\"delta\": {\"content\": \" you\"}}]}\n\n");
            call.chunk("data: {\"choices\": [], \"usage\": {\"prompt_tokens\": 7, \"completion_tokens\": 4}}\n\n");
            call.chunk("data: [DONE]\n\n");
            call.lastChunk();
        });
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void tokensOfAStreamAreOnThePageBesideWhatTheyWerePricedAt() throws Exception {
        world.ready();

        // Ten characters: ten units.
        Answer answer = world.post(ROUTE, world.signed("{\"prompt\": \"0123456789\"}"));

        assertThat(answer.text()).startsWith("data: {").endsWith("data: [DONE]\n\n");
        MetricsPage page = pageOfOneRequest();
        assertThat(page.value("gen_ai_server_time_to_first_token_seconds_count" + GEN_AI))
                .isOne();
        assertThat(page.value("gen_ai_server_time_per_output_token_seconds_count" + GEN_AI))
                .isOne();
        assertThat(page.value("gen_ai_server_request_duration_seconds_count" + GEN_AI))
                .isOne();
        assertThat(page.value("dray_tokens_total{type=\"input\"}")).isEqualTo(7);
        assertThat(page.value("dray_tokens_total{type=\"output\"}")).isEqualTo(4);
        assertThat(page.value("dray_workload_estimate_ratio_sum")).isEqualTo(0.4);
        assertThat(page.value("dray_workload_estimate_units_total{route=\"" + ROUTE + "\"}"))
                .isEqualTo(10);
        assertThat(page.value("dray_workload_estimate_tokens_total{route=\"" + ROUTE + "\"}"))
                .isEqualTo(4);
        assertThat(page.value("dray_answer_overhead_seconds_count")).isOne();
        assertThat(page.value("dray_streams_open")).isZero();
    }

    @Test
    void withoutACollectorATracePassesUnchanged() throws Exception {
        world.ready();

        ask();

        Call call = world.awaitModelCall(ROUTE, 1);
        assertThat(call.header("traceparent")).contains(TRACE_PARENT);
        assertThat(call.header("tracestate")).contains("vendor=1");
    }

    @Test
    void withACollectorTheModelServersCallIsASpanAndTheLastOfAllIsSentAtTheEnd() throws Exception {
        try (var collector = new Wire(call -> call.answer(200, "application/x-protobuf", new byte[0]))) {
            world.set("otlp.endpoint", collector.url()).ready();

            ask();

            Call call = world.awaitModelCall(ROUTE, 1);
            assertThat(call.header("traceparent"))
                    .hasValueSatisfying(parent -> assertThat(parent)
                            .startsWith("00-" + TRACE + "-")
                            .endsWith("-01")
                            .isNotEqualTo(TRACE_PARENT));
            assertThat(call.header("tracestate")).contains("vendor=1");
            world.worker().terminate();
            assertThat(world.worker().awaitExit()).isZero();
            assertThat(collector.calls("/v1/traces")).isNotEmpty();
            assertThat(collector.calls("/v1/metrics")).isNotEmpty();
            String spans = new String(collector.calls("/v1/traces").getFirst().body(), StandardCharsets.ISO_8859_1);
            assertThat(spans)
                    .contains("POST " + ROUTE, "dray.outcome", "service.instance.id")
                    .doesNotContain("hello");
        }
    }

    @Test
    void aDeadCollectorKeepsNoRequestAndNoDrain() throws Exception {
        var collector = new Wire(call -> call.answer(200, "{}"));
        collector.close();
        world.set("otlp.endpoint", collector.url()).ready();

        assertThat(ask().status()).isEqualTo(200);

        world.worker().terminate();
        assertThat(world.worker().awaitExit()).isZero();
        assertThat(world.worker().output()).contains("export failed signal=traces", "export failed signal=metrics");
        assertThat(world.worker().output()).doesNotContain("io.opentelemetry.exporter");
    }

    private Answer ask() throws Exception {
        return world.post(
                ROUTE, world.signed("{\"prompt\": \"hello\"}"), "traceparent: " + TRACE_PARENT, "tracestate: vendor=1");
    }

    private MetricsPage pageOfOneRequest() throws Exception {
        world.await("the request on the page", () -> page().value("dray_request_seconds_count") >= 1);
        return page();
    }

    private MetricsPage page() throws java.io.IOException {
        return MetricsPage.read(World.get(world.adminPort(), "/metrics").text());
    }
}
