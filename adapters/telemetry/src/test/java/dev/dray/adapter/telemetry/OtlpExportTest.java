package dev.dray.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dray.adapter.telemetry.PrometheusTelemetry.Subject;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtlpExportTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final long SECOND = 1_000_000_000L;
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

    private final AtomicLong clock = new AtomicLong(7 * SECOND);
    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final Collector collector;

    OtlpExportTest() throws IOException {
        collector = new Collector(200);
    }

    @AfterEach
    void close() {
        collector.close();
    }

    @Test
    void aRequestIsASpanAndItsCallAnotherInsideTheClientsTrace() {
        try (PrometheusTelemetry telemetry = telemetry(collector.url())) {
            serve(
                    telemetry,
                    parent("01"),
                    new HeaderField("tracestate", "vendor=1"),
                    new HeaderField("x-request-id", "abc"));
        }

        Span server = span(Span.SpanKind.SPAN_KIND_SERVER);
        Span call = span(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(server.getName()).isEqualTo("POST " + CHAT);
        assertThat(hex(server.getTraceId().toByteArray())).isEqualTo(TRACE);
        assertThat(hex(server.getParentSpanId().toByteArray())).isEqualTo(PARENT);
        assertThat(call.getTraceId()).isEqualTo(server.getTraceId());
        assertThat(call.getParentSpanId()).isEqualTo(server.getSpanId());
        assertThat(server.getEndTimeUnixNano() - server.getStartTimeUnixNano()).isEqualTo(3 * SECOND);
        assertThat(call.getEndTimeUnixNano() - call.getStartTimeUnixNano()).isEqualTo(2 * SECOND);
        assertThat(server.getStartTimeUnixNano()).isEqualTo((NOW.getEpochSecond() - 1) * SECOND);
        assertThat(Collector.values(server.getAttributesList()))
                .containsAllEntriesOf(Map.of(
                        "http.request.method", "POST",
                        "http.route", CHAT,
                        "http.response.status_code", "200",
                        "gen_ai.operation.name", "chat",
                        "gen_ai.provider.name", "vllm",
                        "gen_ai.usage.input_tokens", "11",
                        "gen_ai.usage.output_tokens", "48",
                        "dray.outcome", "served",
                        "dray.workload.units", "64.0",
                        "dray.client.request.id", "abc"));
        assertThat(server.getEventsList()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("dray.started");
            assertThat(Collector.values(event.getAttributesList())).containsEntry("dray.queue.seconds", "1.0");
        });
        assertThat(collector.resourceOfSpans())
                .containsEntry("service.name", "dray")
                .containsEntry("service.version", "1.2.3")
                .containsEntry("service.instance.id", "instance-1");
    }

    @Test
    void theModelServerGetsTheIdOfItsOwnSpan() {
        try (PrometheusTelemetry telemetry = telemetry(collector.url())) {
            serve(telemetry, parent("01"), new HeaderField("tracestate", "vendor=1"));
        }

        String id = hex(span(Span.SpanKind.SPAN_KIND_CLIENT).getSpanId().toByteArray());
        assertThat(sent("traceparent")).containsExactly("00-" + TRACE + "-" + id + "-01");
        assertThat(sent("tracestate")).containsExactly("vendor=1");
    }

    @Test
    void whatTheClientDoesNotRecordIsNotRecordedHereButGoesOn() {
        try (PrometheusTelemetry telemetry = telemetry(collector.url())) {
            serve(telemetry, parent("00"));
        }

        assertThat(collector.spans()).isEmpty();
        assertThat(sent("traceparent"))
                .singleElement()
                .satisfies(value -> assertThat(value)
                        .startsWith("00-" + TRACE + "-")
                        .endsWith("-00")
                        .doesNotContain(PARENT));
    }

    @Test
    void aRequestInNoTraceBeginsOneAndDropsAStateWithoutATrace() {
        try (PrometheusTelemetry telemetry = telemetry(collector.url())) {
            serve(telemetry, new HeaderField("traceparent", "00-nonsense"), new HeaderField("tracestate", "vendor=1"));
        }

        Span server = span(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(server.getParentSpanId().isEmpty()).isTrue();
        assertThat(sent("traceparent"))
                .singleElement()
                .satisfies(value ->
                        assertThat(value).contains(hex(server.getTraceId().toByteArray())));
        assertThat(sent("tracestate")).isEmpty();
    }

    @Test
    void aRefusedRequestIsASpanOfItsOwn() {
        try (PrometheusTelemetry telemetry = telemetry(collector.url())) {
            telemetry.accept(
                    new RequestEnded(record(new Correlation(TRACE, PARENT, true, ""), Outcome.REJECTED, 429, 0)));
            telemetry.accept(new RequestEnded(record(Correlation.NONE, Outcome.ERRORED, 502, clock.get())));
        }

        assertThat(collector.spans())
                .extracting(
                        span -> span.getStatus().getCode(),
                        span -> Collector.values(span.getAttributesList()).get("http.response.status_code"))
                .containsExactlyInAnyOrder(
                        tuple(Status.StatusCode.STATUS_CODE_UNSET, "429"),
                        tuple(Status.StatusCode.STATUS_CODE_ERROR, "502"));
    }

    @Test
    void metricsAreSentAtTheEndInSecondsAndUnderTheirOwnNames() {
        try (PrometheusTelemetry telemetry = telemetry(collector.url())) {
            serve(telemetry);
        }

        assertThat(collector.resourceOfMetrics())
                .containsEntry("service.name", "dray")
                .containsEntry("service.version", "1.2.3")
                .containsEntry("service.instance.id", "instance-1");
        var duration = collector.metric("gen_ai.server.request.duration");
        assertThat(duration.getUnit()).isEqualTo("seconds");
        assertThat(duration.getHistogram().getDataPoints(0).getSum()).isEqualTo(3);
        assertThat(collector.metric("dray.tokens").getSum().getIsMonotonic()).isTrue();
        assertThat(collector.metric("dray.queue.depth").hasGauge()).isTrue();
        assertThat(collector.metric("jvm.memory.used").hasGauge()).isTrue();
    }

    @Test
    void aDeadCollectorCostsAMetricAndOneWarning() {
        collector.close();
        var warnings = new CopyOnWriteArrayList<LogRecord>();
        Logger logger = Logger.getLogger(ExportTrouble.class.getName());
        Handler handler = new Keeping(warnings);
        logger.addHandler(handler);
        try {
            PrometheusTelemetry telemetry = telemetry(collector.url());
            serve(telemetry);
            telemetry.close();

            Page page = new Page(telemetry.scrape());
            assertThat(page.value("dray_export_failures_total{signal=\"traces\"}"))
                    .isPositive();
            assertThat(page.value("dray_export_failures_total{signal=\"metrics\"}"))
                    .isPositive();
            assertThat(warnings).hasSize(2).allSatisfy(warning -> {
                assertThat(warning.getLevel()).isEqualTo(Level.WARNING);
                assertThat(List.of(warning.getParameters()).getLast().toString())
                        .contains("otlp.endpoint");
            });
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void troubleIsToldOnceAMinute() {
        var warnings = new CopyOnWriteArrayList<LogRecord>();
        Logger logger = Logger.getLogger(ExportTrouble.class.getName());
        Handler handler = new Keeping(warnings);
        logger.addHandler(handler);
        var registry = new SimpleMeterRegistry();
        try {
            var trouble = new ExportTrouble(clock::get, "traces", URI.create("http://127.0.0.1:9"));
            trouble.on(registry);
            for (int second = 0; second < 130; second++) {
                trouble.failed("refused");
                clock.addAndGet(SECOND);
            }
            assertThat(warnings).hasSize(3);
            assertThat(registry.get("dray.export.failures").functionCounter().count())
                    .isEqualTo(130);
        } finally {
            logger.removeHandler(handler);
            registry.close();
        }
    }

    private PrometheusTelemetry telemetry(URI endpoint) {
        return new PrometheusTelemetry(
                new Subject(List.of(CHAT), List.of(CHAT), "vllm", Optional.empty(), 1),
                clock::get,
                Optional.of(new OtlpSettings(endpoint, "1.2.3", "instance-1", () -> NOW)));
    }

    /// Arrived, a second later carried on, two seconds later answered.
    private void serve(PrometheusTelemetry telemetry, HeaderField... fields) {
        upstream.script = answer -> {
            answer.head(200, "application/json");
            clock.addAndGet(2 * SECOND);
            answer.chunk("{\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":48}}");
            answer.end();
        };
        long arrived = clock.get();
        var id = new RequestId(1);
        telemetry.accept(new RequestAdmitted(id, Optional.empty(), CHAT, 64, false, arrived));
        clock.addAndGet(SECOND);
        var client = new FakeClient();
        List<HeaderField> sent = List.of(fields);
        telemetry.measured(upstream).start(Calls.to(CHAT, ModelCall.Work.of(id, 64), sent, client), client);
        RequestRecord record = new RequestRecord(
                id,
                Optional.empty(),
                Correlation.of(sent),
                CHAT,
                Outcome.SERVED,
                64,
                200,
                "",
                arrived,
                arrived,
                arrived + SECOND,
                arrived + SECOND,
                clock.get());
        telemetry.accept(new RequestEnded(record));
    }

    private RequestRecord record(Correlation names, Outcome outcome, int status, long started) {
        long now = clock.get();
        return new RequestRecord(
                new RequestId(2),
                Optional.empty(),
                names,
                CHAT,
                outcome,
                64,
                status,
                "",
                now,
                now,
                started,
                0,
                now + SECOND);
    }

    private Span span(Span.SpanKind kind) {
        List<Span> found = collector.spans().stream()
                .filter(span -> span.getKind() == kind)
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private List<String> sent(String name) {
        return Objects.requireNonNull(upstream.asked).clientHeaders().stream()
                .filter(field -> field.is(name))
                .map(HeaderField::value)
                .toList();
    }

    private static HeaderField parent(String flags) {
        return new HeaderField("traceparent", "00-" + TRACE + "-" + PARENT + "-" + flags);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// Keeps what is logged.
    private static final class Keeping extends Handler {
        private final List<LogRecord> records;

        Keeping(List<LogRecord> records) {
            this.records = records;
        }

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
