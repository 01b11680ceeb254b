package dev.dray.adapter.telemetry;

import dev.dray.adapter.telemetry.PrometheusTelemetry.Subject;
import dev.dray.model.Outcome;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/// What the model server's answers themselves tell: tokens, and the times between them.
///
/// | meter | what | of which answers |
/// |---|---|---|
/// | `dray_tokens_total` | tokens of prompts and answers | all that tell them, whatever became of them |
/// | `dray_inter_token_seconds` | between two arrivals of text; what arrives together counts once | streams |
/// | `dray_answer_overhead_seconds` | first byte here → first of the body written to the client | all with a body |
/// | `gen_ai_server_time_to_first_token_seconds` | head read → first text | streams that were served |
/// | `gen_ai_server_time_per_output_token_seconds` | first text → last text, by tokens after the first | the same |
/// | `gen_ai_server_request_duration_seconds` | head read → outcome known | carried to the model server |
/// | `dray_workload_estimate_…` | see [EstimateMeters] | served, with a price and tokens |
final class AnswerMeters {
    private final Ticker ticker;
    private final Counter input;
    private final Counter output;
    private final Timer betweenTokens;
    private final Timer relayed;
    private final AtomicInteger streams = new AtomicInteger();
    private final Map<String, GenAiTimes> byRoute = new HashMap<>();
    private final EstimateMeters estimates;
    private volatile LongConsumer firstTokens = nanos -> {};

    AnswerMeters(MeterRegistry registry, Ticker ticker, Subject subject) {
        this.ticker = ticker;
        input = tokens(registry, "input");
        output = tokens(registry, "output");
        betweenTokens = RequestTimes.timer(
                registry,
                "dray.inter.token",
                "Between two arrivals of text in a stream; what arrives together counts once",
                Buckets.INTER_TOKEN);
        relayed = RequestTimes.timer(
                registry,
                "dray.answer.overhead",
                "The worker's own share of the answer: its first byte here to the first of its body written",
                Buckets.OVERHEAD);
        Gauge.builder("dray.streams.open", streams, AtomicInteger::get)
                .description("Streams of events on their way from the model server to clients")
                .register(registry);
        for (String route : subject.routes()) {
            byRoute.put(route, new GenAiTimes(registry, GenAiOperation.of(route), subject));
        }
        estimates = new EstimateMeters(registry, subject.routes());
    }

    private static Counter tokens(MeterRegistry registry, String type) {
        return Counter.builder("dray.tokens")
                .description("Tokens of prompts and answers, where the model server's answer tells them")
                .tag("type", type)
                .register(registry);
    }

    /// Who hears how long each stream that was served took to its first text, in nanoseconds.
    void tellFirstTokens(LongConsumer to) {
        firstTokens = to;
    }

    /// Reading of the monotonic clock.
    long now() {
        return ticker.nanos();
    }

    void streamBegan() {
        streams.incrementAndGet();
    }

    void streamEnded() {
        streams.decrementAndGet();
    }

    void betweenTokens(long nanos) {
        betweenTokens.record(nanos, TimeUnit.NANOSECONDS);
    }

    void relayed(long nanos) {
        relayed.record(nanos, TimeUnit.NANOSECONDS);
    }

    /// A request ended that had been admitted.
    void ended(RequestRecord record, Passage passage) {
        if (passage.input() > 0) {
            input.increment((double) passage.input());
        }
        long written = passage.output();
        if (written > 0) {
            output.increment((double) written);
        }
        GenAiTimes times = byRoute.get(record.route());
        if (times == null || record.startedNanos() == 0) {
            return;
        }
        times.request(record.endedNanos() - record.arrivedNanos());
        if (record.outcome() == Outcome.SERVED && record.status() < 400) {
            times.tokens(record.arrivedNanos(), passage);
            if (passage.firstTokenNanos() != 0) {
                firstTokens.accept(passage.firstTokenNanos() - record.arrivedNanos());
            }
            if (written != JsonScan.NONE && record.units() > 0) {
                estimates.compare(record.route(), record.units(), written);
            }
        }
    }
}
