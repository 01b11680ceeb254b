package dev.dray.adapter.telemetry;

import dev.dray.adapter.telemetry.PrometheusTelemetry.Subject;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/// A span for each request and one inside it for its call to the model server, which gets the latter's id.
///
/// A trace that the client began goes on, recorded only where the client records it; any other begins here. Spans hold
/// ids, sizes and times, never what was asked or answered.
final class RequestSpans {
    private static final String TRACE_PARENT = "traceparent";
    private static final String TRACE_STATE = "tracestate";

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    private static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
    private static final AttributeKey<Long> OUTPUT = AttributeKey.longKey("gen_ai.usage.output_tokens");
    private static final AttributeKey<Double> FIRST_CHUNK =
            AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");
    private static final AttributeKey<Long> SERVER = AttributeKey.longKey("dray.model.server");
    private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("dray.request.id");
    private static final AttributeKey<String> CLIENT_ID = AttributeKey.stringKey("dray.client.request.id");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("dray.outcome");
    private static final AttributeKey<Double> UNITS = AttributeKey.doubleKey("dray.workload.units");
    private static final AttributeKey<Double> QUEUED = AttributeKey.doubleKey("dray.queue.seconds");

    private final Tracer tracer;
    private final OtlpSettings settings;
    private final Ticker ticker;
    private final Attributes subject;

    RequestSpans(Tracer tracer, OtlpSettings settings, Ticker ticker, Subject subject) {
        this.tracer = tracer;
        this.settings = settings;
        this.ticker = ticker;
        AttributesBuilder known = Attributes.builder().put(PROVIDER, subject.backend());
        subject.model().ifPresent(name -> known.put(MODEL, name));
        this.subject = known.build();
    }

    /// Begins both spans.
    ///
    /// @return the call, with the inner span as its parent
    ModelCall begin(ModelCall call, Passage passage) {
        LongUnaryOperator epochNanos = epochNanos();
        Correlation names = Correlation.of(call.clientHeaders());
        String route = call.path();
        Span server = server(call.method(), route, names, epochNanos.applyAsLong(passage.arrivedNanos()));
        Span client = tracer.spanBuilder(call.method())
                .setSpanKind(SpanKind.CLIENT)
                .setParent(Context.root().with(server))
                .setStartTimestamp(epochNanos.applyAsLong(ticker.nanos()), TimeUnit.NANOSECONDS)
                .setAttribute(METHOD, call.method())
                .setAttribute(SERVER, (long) call.server())
                .setAttribute(OPERATION, GenAiOperation.of(route).word())
                .setAllAttributes(subject)
                .startSpan();
        passage.follow(new RequestTrace(server, client, epochNanos));
        return call.withClientHeaders(fields(call.clientHeaders(), client.getSpanContext(), names));
    }

    /// Ends a request's span, or makes it, where it never came to the model server.
    void ended(RequestRecord record, Passage passage) {
        RequestTrace trace = passage.trace().orElse(null);
        LongUnaryOperator epochNanos = trace == null ? epochNanos() : trace.epochNanos();
        Span span = trace == null
                ? server("POST", record.route(), record.names(), epochNanos.applyAsLong(record.arrivedNanos()))
                : trace.server();
        if (span.isRecording()) {
            describe(span, record, epochNanos);
            tokens(span, record, passage);
        }
        span.end(epochNanos.applyAsLong(record.endedNanos()), TimeUnit.NANOSECONDS);
    }

    private static void describe(Span span, RequestRecord record, LongUnaryOperator epochNanos) {
        span.setAttribute(REQUEST, record.id().toString())
                .setAttribute(OUTCOME, record.outcome().word())
                .setAttribute(UNITS, record.units());
        if (record.status() != 0) {
            span.setAttribute(STATUS, (long) record.status());
        }
        if (!record.names().requestId().isEmpty()) {
            span.setAttribute(CLIENT_ID, record.names().requestId());
        }
        if (record.startedNanos() != 0) {
            double waited = (record.startedNanos() - record.queuedNanos()) / 1e9;
            span.addEvent(
                    "dray.started",
                    Attributes.of(QUEUED, waited),
                    epochNanos.applyAsLong(record.startedNanos()),
                    TimeUnit.NANOSECONDS);
        }
        // A server's span is an error by its own fault, not by the client's.
        if (record.outcome() == Outcome.ERRORED || record.status() >= 500) {
            String type = record.status() >= 500
                    ? Integer.toString(record.status())
                    : record.outcome().word();
            span.setAttribute(ERROR_TYPE, type);
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static void tokens(Span span, RequestRecord record, Passage passage) {
        if (passage.input() != JsonScan.NONE) {
            span.setAttribute(INPUT, passage.input());
        }
        if (passage.output() != JsonScan.NONE) {
            span.setAttribute(OUTPUT, passage.output());
        }
        if (passage.firstTokenNanos() != 0) {
            span.setAttribute(FIRST_CHUNK, (passage.firstTokenNanos() - record.arrivedNanos()) / 1e9);
        }
    }

    private Span server(String method, String route, Correlation names, long started) {
        return tracer.spanBuilder(method + " " + route)
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent(names))
                .setStartTimestamp(started, TimeUnit.NANOSECONDS)
                .setAttribute(METHOD, method)
                .setAttribute(ROUTE, route)
                .setAttribute(OPERATION, GenAiOperation.of(route).word())
                .setAllAttributes(subject)
                .startSpan();
    }

    private static Context parent(Correlation names) {
        if (names.traceId().isEmpty()) {
            return Context.root();
        }
        TraceFlags flags = names.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
        SpanContext remote =
                SpanContext.createFromRemoteParent(names.traceId(), names.parentId(), flags, TraceState.getDefault());
        return Context.root().with(Span.wrap(remote));
    }

    // A trace state belongs to the trace the client named; without one it is about nothing.
    private static List<HeaderField> fields(List<HeaderField> sent, SpanContext span, Correlation names) {
        var fields = new ArrayList<HeaderField>(sent.size() + 1);
        for (HeaderField field : sent) {
            boolean goes = !field.is(TRACE_PARENT) && !(names.traceId().isEmpty() && field.is(TRACE_STATE));
            if (goes) {
                fields.add(field);
            }
        }
        fields.add(new HeaderField(
                TRACE_PARENT,
                String.format(
                        Locale.ROOT,
                        "00-%s-%s-%s",
                        span.getTraceId(),
                        span.getSpanId(),
                        span.getTraceFlags().asHex())));
        return fields;
    }

    // Anchored anew for each request: the two clocks drift.
    private LongUnaryOperator epochNanos() {
        Instant now = settings.clock().instant();
        long anchor = now.getEpochSecond() * 1_000_000_000L + now.getNano() - ticker.nanos();
        return reading -> anchor + reading;
    }
}
