package dev.dray.app.config;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.JsonValue.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Every setting of one worker, checked. What the plugin has a say in is still open here and is settled
/// by `dev.dray.app.plugin.BackendAssembly`.
///
/// @param controlPlane    with a platform or without
/// @param backend         plugin id or alias
/// @param capacity        workload units per second given by the operator; empty: measured
/// @param drainDeadline   how long a stop waits for running requests; zero: not at all
/// @param platform        present in `vast` mode, unless the settings were read for a command that
///     needs none
/// @param otlpEndpoint    of a collector of metrics and spans
/// @param pluginSettings  `model`, `handlers` and `log-actions` as they stand in the file
/// @param effective       every setting with its origin, in the order of the reference
public record Config(
        ControlPlane controlPlane,
        String backend,
        Model model,
        List<Handler> handlers,
        LogActions logActions,
        OptionalDouble capacity,
        TimeOuts timeOuts,
        Limits limits,
        Security security,
        Worker worker,
        Admin admin,
        Duration drainDeadline,
        Path stateDir,
        Optional<Platform> platform,
        LogFormat logFormat,
        LogLevel logLevel,
        Optional<URI> otlpEndpoint,
        JsonObject pluginSettings,
        List<Effective> effective) {
    public Config {
        handlers = List.copyOf(handlers);
        effective = List.copyOf(effective);
    }

    /// Whether there is a platform.
    public enum ControlPlane {
        VAST,
        NONE
    }

    /// Whether log lines written before dray opened the file count.
    public enum LogFrom {
        START,
        END
    }

    /// How dray's own log is written: for a person or for a collector.
    public enum LogFormat {
        TEXT,
        JSON
    }

    /// Least important line that dray logs.
    public enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        WARNING,
        ERROR;

        /// As the file spells it.
        public String word() {
            return Kinds.spelled(this);
        }
    }

    enum WhileLoading {
        REJECT,
        HOLD
    }

    /// Shape in which outcomes are delivered.
    public enum DeleteFormat {
        RECORDS,
        LISTS
    }

    /// The model server. An empty optional leaves the word to the plugin; an [OrNone] without value is
    /// `none`.
    ///
    /// @param headers        fixed headers of each request; may hold keys
    /// @param forwardHeaders names of client headers that go on, lower-case
    /// @param command        starts the model server; empty: somebody else does
    public record Model(
            List<Server> servers,
            Optional<OrNone<Path>> logFile,
            LogFrom logFrom,
            Optional<OrNone<String>> health,
            HealthProbes healthProbes,
            Optional<String> name,
            Duration keepAlive,
            List<HeaderField> headers,
            List<String> forwardHeaders,
            List<String> command) {
        public Model {
            servers = List.copyOf(servers);
        }
    }

    /// One of the model servers. Empty: what is said for all of them, or what the plugin says.
    public record Server(
            URI url, Optional<OrNone<Path>> logFile, Optional<OrNone<String>> health, List<String> command) {
        public Server {
            command = List.copyOf(command);
        }
    }

    /// How often to probe, how long one probe may take, and how many of a kind decide.
    public record HealthProbes(Duration interval, Duration retryInterval, Duration timeOut, int down, int up) {}

    /// What the file lays over one route. Empty: what the plugin says.
    ///
    /// @param origin   where the entry stands
    /// @param workload constant cost in units
    /// @param expressions present where the entry holds one, for price, request or benchmark
    /// @param streamErrorEvent whether a stream of events that breaks ends with an event that says so
    public record Handler(
            Origin origin,
            String route,
            Optional<Boolean> parallel,
            Optional<OrNone<Duration>> maxQueueTime,
            Optional<OrNone<Duration>> queueTimeOut,
            Optional<String> queue,
            OptionalDouble workload,
            Optional<HandlerExpressions> expressions,
            TimeOuts timeOuts,
            boolean streamErrorEvent,
            Optional<Benchmark> benchmark) {}

    /// What the file says of a route's benchmark. Empty: what the plugin says.
    ///
    /// @param dataset  JSON payloads; empty list: the plugin's
    /// @param template whether an expression makes the payloads
    public record Benchmark(
            List<Bytes> dataset,
            boolean template,
            OptionalInt runs,
            OptionalInt concurrency,
            Optional<Boolean> warmup) {}

    /// Lists in the file replace the plugin's; empty optional: the plugin's list.
    public record LogActions(
            Optional<List<String>> onLoad, Optional<List<String>> onError, Optional<List<String>> onInfo) {}

    /// Limits of calls to the model server. Empty: not said here.
    public record TimeOuts(
            Optional<OrNone<Duration>> connect,
            Optional<OrNone<Duration>> firstByte,
            Optional<OrNone<Duration>> idle,
            Optional<OrNone<Duration>> total) {}

    /// How much clients may ask.
    ///
    /// @param bodyBytes        largest request body
    /// @param bufferedBytes    all bodies held together
    /// @param sessions         open sessions; empty: no limit
    /// @param modelConnections connections to the model server; empty: no limit
    /// @param perClientConnections connections of one client address; empty: no limit
    /// @param pluginTime       after which a call to the plugin is written off
    public record Limits(
            long bodyBytes,
            long bufferedBytes,
            int concurrentRequests,
            int queued,
            OptionalInt sessions,
            OptionalInt modelConnections,
            OptionalInt perClientConnections,
            Duration headerTime,
            Duration bodyIdle,
            Duration clientIdle,
            Duration clientLost,
            Duration pluginTime) {}

    /// Who may use the worker.
    ///
    /// @param signedSessions whether opening a session needs a signature
    /// @param allowPrivateCallbacks whether sessions may name private addresses to be called
    /// @param apiKeys keys of clients of a worker without platform; empty: whoever reaches it
    public record Security(
            boolean unsecured,
            boolean requireOwnUrl,
            boolean signedSessions,
            boolean allowPrivateCallbacks,
            List<String> apiKeys) {}

    /// Listeners for clients and for the model server's side. Port 0: any free one.
    ///
    /// @param tls        for clients; empty: clear text
    /// @param hold       how long requests wait for the first READY; empty: not at all
    /// @param updateFile touched when the platform asks for an update
    public record Worker(
            String host,
            int port,
            String httpHost,
            int httpPort,
            Optional<Tls> tls,
            Optional<Duration> hold,
            Path updateFile) {}

    /// Files in PEM.
    public record Tls(Path certificate, Path key) {}

    /// Listener for the operator.
    ///
    /// @param token to be told by whoever asks; empty: none is needed
    public record Admin(String host, int port, Optional<String> token) {
        /// Whether only this machine reaches it.
        public boolean isOnLoopback() {
            return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
        }

        /// Never shows the token.
        @Override
        public String toString() {
            return "Admin[" + host + " " + port + "]";
        }
    }

    /// What the platform knows this worker by.
    ///
    /// @param reportAddresses tried in order
    /// @param containerId     empty only in a [Loaded.Refused]
    /// @param publicUrl       empty only in a [Loaded.Refused]
    /// @param masterToken     may be empty text
    /// @param version         of the worker, as reported
    public record Platform(
            List<URI> reportAddresses,
            OptionalLong containerId,
            Optional<URI> publicUrl,
            String masterToken,
            String version,
            DeleteFormat deleteFormat) {
        /// Never shows the token.
        @Override
        public String toString() {
            return "Platform[container " + containerId + " at " + publicUrl + "]";
        }
    }
}
