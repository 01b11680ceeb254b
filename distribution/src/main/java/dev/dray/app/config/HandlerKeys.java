package dev.dray.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.model.Bytes;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The rows of each entry under `handlers`. Part of the table in [Keys]. None has a default here: what
/// an entry does
/// not name is the plugin's, and for a route that the plugin does not have it is the SPI's default.
final class HandlerKeys {
    /// How the paths of these rows begin.
    static final String PREFIX = "handlers[].";

    static final Key<String> ROUTE = Key.of(PREFIX + "route", Kinds.route(), "path that is served, and asked for");
    static final Key<Boolean> PARALLEL = Key.of(
            PREFIX + "allow-parallel-requests", Kinds.truth(), "as many requests at once as come; default: false");
    static final Key<OrNone<Duration>> MAX_QUEUE_TIME = Key.of(
            PREFIX + "max-queue-time",
            Kinds.orNone(Measures.durationOrZero()),
            "estimated wait above which a request is shed; none: never; default: 30s");
    static final Key<OrNone<Duration>> QUEUE_TIME_OUT = Key.of(
            PREFIX + "queue-time-out",
            Kinds.orNone(Measures.duration()),
            "real wait after which a queued request is expelled; default: none");
    static final Key<String> QUEUE = Key.of(
            PREFIX + "queue", Kinds.text("a name"), "serial routes of one name share one queue; default: default");
    static final Key<Workload> WORKLOAD = Key.of(
            PREFIX + "workload",
            new WorkloadKind(),
            "what a request costs, in units: a number or a CEL expression over payload; default: 100");
    static final Key<String> REQUEST = Key.of(
            PREFIX + "request",
            Kinds.text("a CEL expression over payload"),
            "gives the object that goes to the model server; default: the payload");
    static final Key<Boolean> STREAM_ERROR_EVENT = Key.of(
            PREFIX + "stream-error-event",
            Kinds.truth(),
            "a stream of events that breaks ends with an error event; default: false");
    static final Key<OrNone<Duration>> CONNECT = timeOut("connect");
    static final Key<OrNone<Duration>> FIRST_BYTE = timeOut("first-byte");
    static final Key<OrNone<Duration>> IDLE = timeOut("idle");
    static final Key<OrNone<Duration>> TOTAL = timeOut("total");
    static final Key<List<Bytes>> DATASET =
            Key.of(PREFIX + "benchmark.dataset", GroupKinds.dataset(), "payloads, drawn at random");
    static final Key<YamlValue> TEMPLATE = Key.of(
            PREFIX + "benchmark.template",
            GroupKinds.template(),
            "a payload whose texts may hold ${CEL expressions}, filled in anew each time; in place of dataset");
    static final Key<Integer> RUNS = Key.of(PREFIX + "benchmark.runs", Kinds.count(), "most rounds; default: 8");
    static final Key<Integer> CONCURRENCY =
            Key.of(PREFIX + "benchmark.concurrency", Kinds.count(), "requests in one round; default: 10");
    static final Key<Boolean> WARMUP =
            Key.of(PREFIX + "benchmark.warmup", Kinds.truth(), "one uncounted request first; default: true");

    static final List<Key<?>> ALL = List.of(
            ROUTE,
            PARALLEL,
            MAX_QUEUE_TIME,
            QUEUE_TIME_OUT,
            QUEUE,
            WORKLOAD,
            REQUEST,
            STREAM_ERROR_EVENT,
            CONNECT,
            FIRST_BYTE,
            IDLE,
            TOTAL,
            DATASET,
            TEMPLATE,
            RUNS,
            CONCURRENCY,
            WARMUP);

    private HandlerKeys() {}

    private static Key<OrNone<Duration>> timeOut(String name) {
        return Key.of(
                PREFIX + "time-outs." + name,
                Kinds.orNone(Measures.duration()),
                "as time-outs." + name + ", for this route");
    }

    /// What a request costs: a number, or an expression, which a plugin compiles.
    sealed interface Workload {
        record Constant(double units) implements Workload {}

        record Expression(String text) implements Workload {}
    }

    private static final class WorkloadKind implements Kind<Workload> {
        private static final String NO_NEGATIVE_NUMBER = "^(?!\\s*-[0-9.]+([eE][+-]?[0-9]+)?\\s*$)[\\s\\S]*\\S";

        @Override
        public String expected() {
            return "a number, 0 or more, or a CEL expression over payload";
        }

        @Override
        public ObjectNode schema() {
            return Schemas.anyOf(Schemas.of("number").put("minimum", 0), Schemas.text(NO_NEGATIVE_NUMBER));
        }

        @Override
        public Reading<Workload> read(YamlValue value) {
            if (value instanceof YamlValue.Scalar scalar) {
                var units = number(scalar);
                if (units.isPresent() && units.get() >= 0 && Double.isFinite(units.get())) {
                    return new Reading.Good<>(new Workload.Constant(units.get()));
                }
                if (units.isEmpty() && Kinds.isTextual(scalar) && !scalar.text().isBlank()) {
                    return new Reading.Good<>(new Workload.Expression(scalar.text()));
                }
            }
            return new Reading.Bad<>(value, expected());
        }

        // A number in quotes is an expression too, and a constant one.
        private static Optional<Double> number(YamlValue.Scalar scalar) {
            var loose = scalar.shape() == YamlValue.Shape.TEXT ? YamlValue.Scalar.loose(scalar.text()) : scalar;
            return Kinds.number(loose).map(BigDecimal::doubleValue);
        }
    }
}
