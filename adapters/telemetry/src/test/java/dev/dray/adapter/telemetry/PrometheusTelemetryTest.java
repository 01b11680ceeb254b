package dev.dray.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.telemetry.PrometheusTelemetry.Subject;
import dev.dray.model.Outcome;
import dev.dray.model.ReadinessState;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.outbound.WorkerEvent.ModelLogNoted;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.RequestStarted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrometheusTelemetryTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String CHAT_LABELS = "{gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"vllm\"}";
    private static final String COMPLETIONS_LABELS =
            "{gen_ai_operation_name=\"text_completion\",gen_ai_provider_name=\"vllm\"}";
    private static final long MILLI = 1_000_000;
    /// Readings of a clock that wraps in the middle of the request.
    private static final long ARRIVED = Long.MAX_VALUE - MILLI;

    private final PrometheusTelemetry telemetry = new PrometheusTelemetry(
            new Subject(
                    List.of("/v1/completions", CHAT, "/v1/models"),
                    List.of("/v1/completions", CHAT),
                    "vllm",
                    Optional.empty(),
                    2),
            () -> ARRIVED,
            Optional.empty());

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void everySeriesIsThereFromTheStart() {
        Page page = page();

        for (String route : List.of("/v1/completions", CHAT, "other")) {
            for (Outcome outcome : Outcome.values()) {
                assertThat(page.value(
                                "dray_requests_total{outcome=\"%s\",route=\"%s\"}".formatted(outcome.word(), route)))
                        .isZero();
            }
        }
        for (Outcome outcome : Outcome.values()) {
            assertThat(page.value("dray_workload_units_total{outcome=\"%s\"}".formatted(outcome.word())))
                    .isZero();
        }
        assertThat(List.of(
                        "dray_request_seconds_count",
                        "dray_time_to_first_byte_seconds_count",
                        "dray_overhead_seconds_count",
                        "dray_queue_seconds_count",
                        "dray_inter_token_seconds_count",
                        "dray_answer_overhead_seconds_count",
                        "dray_tokens_total{type=\"input\"}",
                        "dray_tokens_total{type=\"output\"}",
                        "dray_workload_estimate_ratio_count",
                        "dray_workload_estimate_units_total{route=\"" + CHAT + "\"}",
                        "dray_workload_estimate_tokens_total{route=\"" + CHAT + "\"}",
                        "dray_streams_open",
                        "dray_export_failures_total{signal=\"metrics\"}",
                        "dray_export_failures_total{signal=\"traces\"}",
                        "gen_ai_server_request_duration_seconds_count" + COMPLETIONS_LABELS,
                        "gen_ai_server_request_duration_seconds_count" + CHAT_LABELS,
                        "gen_ai_server_time_per_output_token_seconds_count" + CHAT_LABELS,
                        "gen_ai_server_time_to_first_token_seconds_count" + CHAT_LABELS,
                        "dray_queue_depth",
                        "dray_in_flight",
                        "dray_capacity_units_per_second",
                        "dray_model_up{server=\"0\"}"))
                .allSatisfy(name -> assertThat(page.value(name)).as(name).isZero());
    }

    @Test
    void jvmAndProcessAreThereToo() {
        Page page = page();

        assertThat(page.text())
                .contains("jvm_memory_used_bytes{", "jvm_threads_live_threads ", "jvm_gc_", "process_uptime_seconds ");
        assertThat(page.value("process_resident_memory_bytes")).isGreaterThan(1_000_000);
    }

    @Test
    void aServedRequestIsCountedAndTimed() {
        telemetry.accept(new RequestEnded(record(CHAT, Outcome.SERVED, 200, 3, 13, 113, 2_003)));

        Page page = page();
        assertThat(page.value("dray_requests_total{outcome=\"served\",route=\"" + CHAT + "\"}"))
                .isOne();
        assertThat(page.value("dray_workload_units_total{outcome=\"served\"}")).isEqualTo(128);
        assertThat(page.millis("dray_request_seconds")).isEqualTo(2_003);
        assertThat(page.millis("dray_overhead_seconds")).isEqualTo(3);
        assertThat(page.millis("dray_queue_seconds")).isEqualTo(10);
        assertThat(page.millis("dray_time_to_first_byte_seconds")).isEqualTo(113);
        assertThat(page.millis("gen_ai_server_request_duration_seconds", CHAT_LABELS))
                .isEqualTo(2_003);
    }

    @Test
    void aRefusedRequestNeverTouchesTheModelServersTimes() {
        telemetry.accept(new RequestEnded(record(CHAT, Outcome.REJECTED, 429, 3, 0, 0, 4)));

        Page page = page();
        assertThat(page.value("dray_requests_total{outcome=\"rejected\",route=\"" + CHAT + "\"}"))
                .isOne();
        assertThat(page.value("dray_request_seconds_count")).isOne();
        assertThat(page.value("dray_queue_seconds_count")).isZero();
        assertThat(page.value("dray_overhead_seconds_count")).isZero();
        assertThat(page.value("gen_ai_server_request_duration_seconds_count" + CHAT_LABELS))
                .isZero();
        assertThat(page.value("dray_time_to_first_byte_seconds_count")).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"EXPELLED", "CANCELLED"})
    void aRequestThatLeavesTheQueueCountsItsWait(Outcome outcome) {
        telemetry.accept(new RequestEnded(record(CHAT, outcome, 0, 3, 0, 0, 5_003)));

        assertThat(page().millis("dray_queue_seconds")).isEqualTo(5_000);
    }

    @Test
    void anErrorOfTheModelServerHasAFirstByteButNoFirstToken() {
        telemetry.accept(new RequestEnded(record(CHAT, Outcome.ERRORED, 500, 1, 2, 3, 4)));
        telemetry.accept(new RequestEnded(record(CHAT, Outcome.SERVED, 400, 1, 2, 3, 4)));

        Page page = page();
        assertThat(page.value("dray_time_to_first_byte_seconds_count")).isEqualTo(2);
        assertThat(page.value("gen_ai_server_time_to_first_token_seconds_count" + CHAT_LABELS))
                .isZero();
    }

    @Test
    void clientsCannotMakeSeries() {
        long before = page().text().lines().count();

        telemetry.accept(new RequestEnded(record("/wp-admin", Outcome.INVALID, 404, 1, 0, 0, 1)));

        Page page = page();
        assertThat(page.value("dray_requests_total{outcome=\"invalid\",route=\"other\"}"))
                .isOne();
        assertThat(page.text()).doesNotContain("wp-admin");
        assertThat(page.text().lines().count()).isEqualTo(before);
    }

    @Test
    void genAiHistogramsHaveTheConventionsBuckets() {
        Page page = page();

        assertThat(page.buckets("gen_ai_server_request_duration_seconds"))
                .containsExactly(
                        "0.01", "0.02", "0.04", "0.08", "0.16", "0.32", "0.64", "1.28", "2.56", "5.12", "10.24",
                        "20.48", "40.96", "81.92", "+Inf");
        assertThat(page.buckets("gen_ai_server_time_to_first_token_seconds"))
                .containsExactly(
                        "0.001", "0.005", "0.01", "0.02", "0.04", "0.06", "0.08", "0.1", "0.25", "0.5", "0.75", "1.0",
                        "2.5", "5.0", "7.5", "10.0", "+Inf");
        assertThat(page.buckets("dray_overhead_seconds")).startsWith("1.0E-5", "2.5E-5", "5.0E-5");
    }

    @Test
    void gaugesAreAskedForAtEachScrape() {
        var worker = new FixedWorker();
        telemetry.observe(worker);

        worker.state = ReadinessState.READY;
        worker.queued = 3;
        worker.inFlight = 5;
        worker.capacity = OptionalDouble.of(812.4);

        Page page = page();
        assertThat(page.value("dray_queue_depth")).isEqualTo(3);
        assertThat(page.value("dray_in_flight")).isEqualTo(5);
        assertThat(page.value("dray_capacity_units_per_second")).isEqualTo(812.4);
        assertThat(page.value("dray_readiness_state{state=\"ready\"}")).isOne();
        assertThat(worker.asked).as("one snapshot for all gauges").isOne();

        worker.queued = 0;
        assertThat(page().value("dray_queue_depth")).isZero();
    }

    @ParameterizedTest
    @EnumSource(ReadinessState.class)
    void exactlyOneStateIsSet(ReadinessState state) {
        var worker = new FixedWorker();
        worker.state = state;
        telemetry.observe(worker);

        Page page = page();

        for (ReadinessState other : ReadinessState.values()) {
            assertThat(page.value("dray_readiness_state{state=\"%s\"}"
                            .formatted(other.name().toLowerCase(java.util.Locale.ROOT))))
                    .isEqualTo(other == state ? 1 : 0);
        }
    }

    @Test
    void eachModelServerIsUpWhileItIsReady() {
        var worker = new FixedWorker();
        assertThat(page().value("dray_model_up{server=\"1\"}")).isZero();
        telemetry.observe(worker);

        worker.serverStates = List.of(ReadinessState.UNHEALTHY, ReadinessState.READY);

        assertThat(page().value("dray_model_up{server=\"0\"}")).isZero();
        assertThat(page().value("dray_model_up{server=\"1\"}")).isOne();
    }

    @Test
    void reportFailuresAreThereOnceSomebodyCountsThem() {
        assertThat(page().text()).doesNotContain("dray_report_failures_total");
        var failures = new AtomicLong(2);

        telemetry.count("dray.report.failures", "Reports to the platform that were not taken", failures::get);

        assertThat(page().value("dray_report_failures_total")).isEqualTo(2);
        failures.set(3);
        assertThat(page().value("dray_report_failures_total")).isEqualTo(3);
    }

    @Test
    void countersGoOnAfterACollection() {
        var total = new AtomicLong(2);
        telemetry.count("dray.some.total", "One counter", total::get);
        telemetry.countByRoute("dray.routes.total", "One for each route", Map.of("/a", total::get));

        System.gc();
        total.set(3);

        assertThat(page().value("dray_some_total")).isEqualTo(3);
        assertThat(page().value("dray_routes_total{route=\"/a\"}")).isEqualTo(3);
    }

    @Test
    void otherEventsChangeNothingOnThePage() {
        telemetry.accept(new RequestStarted(new RequestId(1), CHAT));
        telemetry.accept(new ModelLogNoted("Download", "Download 12 %"));

        assertThat(page().value("dray_request_seconds_count")).isZero();
    }

    @Test
    void nothingIsLostWhenManyThreadsTellAtOnce() throws Exception {
        RequestEnded event = new RequestEnded(record(CHAT, Outcome.SERVED, 200, 1, 2, 3, 4));
        var done = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            Thread.ofVirtual().start(() -> {
                for (int j = 0; j < 5_000; j++) {
                    telemetry.accept(event);
                }
                done.countDown();
            });
        }
        done.await();

        assertThat(page().value("dray_requests_total{outcome=\"served\",route=\"" + CHAT + "\"}"))
                .isEqualTo(20_000);
        assertThat(page().value("dray_request_seconds_count")).isEqualTo(20_000);
    }

    private Page page() {
        return new Page(telemetry.scrape());
    }

    /// A request of 128 units; times in milliseconds after its arrival, 0 for never.
    private static RequestRecord record(
            String route, Outcome outcome, int status, long queued, long started, long head, long ended) {
        return new RequestRecord(
                new RequestId(1),
                Optional.empty(),
                Correlation.NONE,
                route,
                outcome,
                128,
                status,
                "",
                ARRIVED,
                after(queued),
                after(started),
                after(head),
                after(ended));
    }

    private static long after(long millis) {
        return millis == 0 ? 0 : ARRIVED + millis * MILLI;
    }
}
