package dev.dray.app.config;

import dev.dray.app.config.Config.LogFormat;
import dev.dray.app.config.Config.LogFrom;
import dev.dray.app.config.Config.LogLevel;
import dev.dray.model.HeaderField;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The one table of settings: key, type, default, variable, meaning. The reader knows no key that is
/// not here, and
/// the reference is printed from here. Keys of each handler are in [HandlerKeys].
final class Keys {
    private static final long LARGEST_BODY = Integer.MAX_VALUE - 8L;

    static final Key<String> BACKEND =
            Key.of("backend", Kinds.plugin(), "plugin id or alias").from("BACKEND");
    static final Key<OrNone<Double>> CAPACITY = Key.of(
                    "capacity",
                    Kinds.orNone(Kinds.positive()),
                    "workload units per second of one model server; pins the capacity, so that nothing is measured")
            .byDefault("none")
            .from("DRAY_CAPACITY");

    static final Key<List<ServerKinds.Entry>> MODEL_URL = Key.of(
            "model.url",
            ServerKinds.urls(),
            "where the model server listens, or several of one kind that share a log; default: the plugin's");
    static final Key<List<ServerKinds.Entry>> MODEL_SERVERS = Key.of(
            "model.servers",
            ServerKinds.servers(),
            "several model servers of one kind, each with url, log-file, health, command; in place of model.url");
    static final Key<OrNone<String>> MODEL_LOG_FILE = Key.of(
            "model.log-file",
            Kinds.orNone(Kinds.text("a path")),
            "the model server's log, followed for readiness; default: the plugin's, which may read $MODEL_LOG");
    static final Key<LogFrom> MODEL_LOG_FROM = Key.of(
                    "model.log-from", Kinds.oneOf(LogFrom.class), "whether lines written before the start count")
            .byDefault("start");
    static final Key<OrNone<String>> MODEL_HEALTH = Key.of(
            "model.health",
            Kinds.orNone(Kinds.pathOrUrl()),
            "answers 200 when all is well; default: the plugin's, which may read $MODEL_HEALTH_ENDPOINT");
    static final Key<OrNone<String>> MODEL_HEALTH_PATH =
            Key.of("model.health.path", Kinds.orNone(Kinds.pathOrUrl()), "the same, beside the keys below");
    static final Key<Duration> MODEL_HEALTH_INTERVAL = Key.of(
                    "model.health.interval", Measures.duration(), "pause after a good probe")
            .byDefault("10s");
    static final Key<Duration> MODEL_HEALTH_RETRY = Key.of(
                    "model.health.retry-interval", Measures.duration(), "pause after a bad probe")
            .byDefault("1s");
    static final Key<Duration> MODEL_HEALTH_TIME_OUT = Key.of(
                    "model.health.time-out", Measures.duration(), "limit of one probe")
            .byDefault("5s");
    static final Key<Integer> MODEL_HEALTH_DOWN = Key.of(
                    "model.health.down", Kinds.count(), "bad probes in a row that make a ready worker unhealthy")
            .byDefault("2");
    static final Key<Integer> MODEL_HEALTH_UP = Key.of(
                    "model.health.up", Kinds.count(), "good probes in a row that make it ready again")
            .byDefault("2");
    static final Key<List<String>> MODEL_COMMAND = Key.of(
            "model.command",
            GroupKinds.command(),
            "starts the model server, reads its output in place of a log file, and starts it again when it ends");
    static final Key<String> MODEL_NAME =
            Key.of("model.name", Kinds.text("the name of a model"), "model it serves; default: the plugin's");
    static final Key<Duration> MODEL_KEEP_ALIVE = Key.of(
                    "model.keep-alive",
                    Measures.durationOrZero(),
                    "an idle connection older than this is not used again; 0: each request has its own")
            .byDefault("2s");
    static final Key<List<HeaderField>> MODEL_HEADERS = Key.of(
                    "model.headers", GroupKinds.headers(), "fixed headers of each request, such as a key of its own")
            .ranked(Key.Rank.SECRET);
    static final Key<List<String>> MODEL_FORWARD_HEADERS = Key.of(
            "model.forward-headers",
            GroupKinds.listOf(GroupKinds.forwardHeader()),
            "client headers that go on beside the built-in ones");

    static final Key<List<String>> ON_LOAD = Key.of(
            "log-actions.on-load", GroupKinds.listOf(marker()), "the model is loaded; replaces the plugin's list");
    static final Key<List<String>> ON_ERROR = Key.of(
            "log-actions.on-error", GroupKinds.listOf(marker()), "the model is broken; replaces the plugin's list");
    static final Key<List<String>> ON_INFO =
            Key.of("log-actions.on-info", GroupKinds.listOf(marker()), "worth showing; replaces the plugin's list");

    static final Key<OrNone<Integer>> SESSIONS_MAX = Key.of(
                    "sessions.max", Kinds.orNone(Kinds.count()), "open sessions at once")
            .byDefault("10");

    static final Key<OrNone<Duration>> CONNECT = Key.of(
                    "time-outs.connect", span(), "until the connection to the model server stands")
            .byDefault("5s");
    static final Key<OrNone<Duration>> FIRST_BYTE =
            Key.of("time-outs.first-byte", span(), "to the answer's first byte; default: 600s, none for serial routes");
    static final Key<OrNone<Duration>> IDLE =
            Key.of("time-outs.idle", span(), "between two pieces of the answer").byDefault("300s");
    static final Key<OrNone<Duration>> TOTAL =
            Key.of("time-outs.total", span(), "from start to the last byte").byDefault("none");

    static final Key<Long> LIMIT_BODY = Key.of(
                    "limits.body", Measures.size(LARGEST_BODY), "largest request body, after inflation")
            .byDefault("100MiB");
    static final Key<Long> LIMIT_BUFFERED = Key.of(
            "limits.buffered",
            Measures.size(Long.MAX_VALUE),
            "all bodies held together; beyond it large ones wait; default: a quarter of the heap");
    static final Key<Integer> LIMIT_REQUESTS = Key.of(
                    "limits.concurrent-requests", Kinds.count(), "requests in the worker, running and waiting")
            .byDefault("10000");
    static final Key<Integer> LIMIT_QUEUE = Key.of(
                    "limits.queue", Kinds.count(), "waiting requests, all queues together")
            .byDefault("1000");
    static final Key<OrNone<Integer>> LIMIT_MODEL_CONNECTIONS = Key.of(
                    "limits.model-connections",
                    Kinds.orNone(Kinds.count()),
                    "connections to the model server at a time; requests beyond it wait")
            .byDefault("none");
    static final Key<OrNone<Integer>> LIMIT_PER_CLIENT = Key.of(
                    "limits.per-client-connections", Kinds.orNone(Kinds.count()), "connections of one client address")
            .byDefault("none");
    static final Key<Duration> LIMIT_HEADER_TIME = Key.of(
                    "limits.header-time", Measures.duration(), "from a request's first byte to the end of its head")
            .byDefault("10s");
    static final Key<Duration> LIMIT_BODY_IDLE = Key.of(
                    "limits.body-idle", Measures.duration(), "longest pause within a request body")
            .byDefault("30s");
    static final Key<Duration> LIMIT_CLIENT_IDLE = Key.of(
                    "limits.client-idle", Measures.duration(), "longest pause of a client between requests or reads")
            .byDefault("75s");
    static final Key<Duration> LIMIT_CLIENT_LOST = Key.of(
                    "limits.client-lost",
                    Measures.duration(),
                    "how long a client's machine may acknowledge nothing before it is taken for gone")
            .byDefault("60s");

    static final Key<Duration> DRAIN_DEADLINE = Key.of(
                    "drain.deadline", Measures.durationOrZero(), "how long a stop waits for running requests")
            .byDefault("10m");
    static final Key<String> STATE_DIR = Key.of(
                    "state-dir", Kinds.text("a path"), "benchmark results and undelivered outcomes")
            .byDefault("~/.local/state/dray")
            .from("DRAY_STATE_DIR");
    static final Key<LogFormat> LOG_FORMAT = Key.of(
                    "log.format",
                    Kinds.oneOf(LogFormat.class),
                    "how dray's own log is written: `key=value` for a person, or a JSON object per line")
            .byDefault("text");
    static final Key<LogLevel> LOG_LEVEL = Key.of(
                    "log.level", Kinds.oneOf(LogLevel.class), "least important line that dray logs")
            .byDefault("info")
            .from("VAST_LOG_LEVEL");
    static final Key<URI> OTLP_ENDPOINT = Key.of("otlp.endpoint", Kinds.baseUrl(), "where traces and metrics go");
    static final Key<Duration> PLUGIN_TIME_LIMIT = Key.of(
                    "plugins.time-limit",
                    Measures.duration(),
                    "after which a plugin's call for a request is written off; the fifth ends the worker")
            .byDefault("1s");

    /// Top-level rows in the order of the reference.
    static final List<Key<?>> ALL = Stream.of(
                    List.<Key<?>>of(BACKEND, CAPACITY, MODEL_URL, MODEL_SERVERS, MODEL_LOG_FILE, MODEL_LOG_FROM),
                    List.of(MODEL_HEALTH, MODEL_HEALTH_PATH, MODEL_HEALTH_INTERVAL, MODEL_HEALTH_RETRY),
                    List.of(MODEL_HEALTH_TIME_OUT, MODEL_HEALTH_DOWN, MODEL_HEALTH_UP, MODEL_COMMAND, MODEL_NAME),
                    List.of(MODEL_KEEP_ALIVE, MODEL_HEADERS, MODEL_FORWARD_HEADERS, ON_LOAD, ON_ERROR, ON_INFO),
                    List.of(SESSIONS_MAX, CONNECT, FIRST_BYTE, IDLE, TOTAL, LIMIT_BODY, LIMIT_BUFFERED),
                    List.of(LIMIT_REQUESTS, LIMIT_QUEUE, LIMIT_MODEL_CONNECTIONS, LIMIT_PER_CLIENT),
                    List.of(LIMIT_HEADER_TIME, LIMIT_BODY_IDLE, LIMIT_CLIENT_IDLE, LIMIT_CLIENT_LOST),
                    ListenerKeys.ALL,
                    List.of(DRAIN_DEADLINE, STATE_DIR, LOG_FORMAT, LOG_LEVEL, OTLP_ENDPOINT, PLUGIN_TIME_LIMIT))
            .<Key<?>>flatMap(List::stream)
            .toList();

    /// Every row that may stand in a file, by its path.
    static final Map<String, Key<?>> IN_FILE = Stream.concat(ALL.stream(), HandlerKeys.ALL.stream())
            .filter(key -> key.rank() != Key.Rank.SECRET_VARIABLE)
            .collect(Collectors.toUnmodifiableMap(Key::path, Function.identity()));

    private Keys() {}

    private static Kind<String> marker() {
        return Kinds.text("a piece of a log line, in quotes if it is a number");
    }

    private static Kind<OrNone<Duration>> span() {
        return Kinds.orNone(Measures.duration());
    }
}
