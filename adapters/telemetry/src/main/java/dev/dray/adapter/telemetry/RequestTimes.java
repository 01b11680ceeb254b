package dev.dray.adapter.telemetry;

import dev.dray.model.Outcome;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How long requests took, from the times in their records.
///
/// | meter | from → to | of which requests |
/// |---|---|---|
/// | `dray_request_seconds` | head read → outcome known | all |
/// | `dray_time_to_first_byte_seconds` | head read → first byte of the model server's answer | answered by it |
/// | `dray_queue_seconds` | admitted → carried to the model server, expelled or left | admitted |
/// | `dray_overhead_seconds` | head read → admitted | carried to the model server |
///
/// The overhead is the worker's own share on the way in: body, envelope, signature, plugin, decision. The body's way
/// through the client's network is part of it, as a record holds no time between. The way back is
/// `dray_answer_overhead_seconds`, in [AnswerMeters]. A route that waits for nobody shows its hand-over to the model
/// server as queue time. A stream's first byte is its head, which some model servers send before the first token.
final class RequestTimes {
    private final Timer request;
    private final Timer firstByte;
    private final Timer queue;
    private final Timer overhead;

    RequestTimes(MeterRegistry registry) {
        request = timer(registry, "dray.request", "Head read to outcome known", Buckets.REQUEST);
        firstByte = timer(
                registry, "dray.time.to.first.byte", "Head read to the model server's first byte", Buckets.FIRST_BYTE);
        queue = timer(registry, "dray.queue", "Admitted to carried to the model server", Buckets.QUEUE);
        overhead = timer(registry, "dray.overhead", "The worker's own share: head read to admitted", Buckets.OVERHEAD);
    }

    /// A histogram of times.
    static Timer timer(MeterRegistry registry, String name, String description, List<Duration> buckets) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets.toArray(Duration[]::new))
                .register(registry);
    }

    void ended(RequestRecord record) {
        record(request, record.endedNanos() - record.arrivedNanos());
        if (record.startedNanos() != 0) {
            record(queue, record.startedNanos() - record.queuedNanos());
            record(overhead, record.queuedNanos() - record.arrivedNanos());
        } else if (leftTheQueue(record)) {
            record(queue, record.endedNanos() - record.queuedNanos());
        }
        if (record.headNanos() != 0) {
            record(firstByte, record.headNanos() - record.arrivedNanos());
        }
    }

    private static boolean leftTheQueue(RequestRecord record) {
        return record.queuedNanos() != 0
                && (record.outcome() == Outcome.EXPELLED || record.outcome() == Outcome.CANCELLED);
    }

    private static void record(Timer timer, long nanos) {
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }
}
