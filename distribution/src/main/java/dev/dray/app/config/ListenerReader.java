package dev.dray.app.config;

import dev.dray.app.config.Config.Admin;
import dev.dray.app.config.Config.ControlPlane;
import dev.dray.app.config.Config.Security;
import dev.dray.app.config.Config.Tls;
import dev.dray.app.config.Config.WhileLoading;
import dev.dray.app.config.Config.Worker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settles who may reach the worker and where: control plane, keys and listeners.
final class ListenerReader {
    private static final List<String> SIGNS_OF_A_PLATFORM =
            List.of("CONTAINER_ID", "REPORT_ADDR", "MASTER_TOKEN", "PUBLIC_IPADDR");
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LAST_PORT = 65_535;

    private final SettingReader reader;
    private final Paths paths;
    private final Map<String, String> environment;

    ListenerReader(SettingReader reader, Paths paths, Map<String, String> environment) {
        this.reader = reader;
        this.paths = paths;
        this.environment = environment;
    }

    ControlPlane controlPlane() {
        return reader.value(ListenerKeys.CONTROL_PLANE).orElseGet(this::controlPlaneByEnvironment);
    }

    private ControlPlane controlPlaneByEnvironment() {
        Optional<String> sign = SIGNS_OF_A_PLATFORM.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst();
        ControlPlane mode = sign.isPresent() ? ControlPlane.VAST : ControlPlane.NONE;
        Origin origin = sign.<Origin>map(Origin.Variable::new).orElseGet(Origin.Default::new);
        reader.note(ListenerKeys.CONTROL_PLANE, Kinds.spelled(mode), origin);
        return mode;
    }

    Security security(ControlPlane mode) {
        boolean unsecured = reader.get(ListenerKeys.UNSECURED).value();
        boolean requireOwnUrl = reader.get(ListenerKeys.REQUIRE_OWN_URL).value();
        boolean signedSessions = reader.get(ListenerKeys.SIGNED_SESSIONS).value();
        boolean allowPrivate = reader.get(ListenerKeys.ALLOW_PRIVATE).value();
        Optional<Setting<List<String>>> keys = reader.find(ListenerKeys.API_KEYS);
        if (mode == ControlPlane.VAST && keys.isPresent() && !keys.get().value().isEmpty()) {
            reader.problem(new Problem(
                    keys.get().origin(),
                    ListenerKeys.API_KEYS.path(),
                    "keys although there is a platform, which signs requests",
                    "no keys, or 'security.control-plane: none'",
                    "remove one of the two"));
        }
        return new Security(
                unsecured,
                requireOwnUrl,
                signedSessions,
                allowPrivate,
                keys.map(Setting::value).orElse(List.of()));
    }

    Worker worker(ControlPlane mode, Security security) {
        int port = reader.get(ListenerKeys.WORKER_PORT).value();
        String httpHost = reader.get(ListenerKeys.WORKER_HTTP_HOST).value();
        return new Worker(
                host(mode, security),
                port,
                httpHost,
                httpPort(port),
                tls(),
                hold(),
                paths.resolve(reader.get(ListenerKeys.UPDATE_FILE)));
    }

    private Optional<Tls> tls() {
        Setting<String> certificate = reader.get(ListenerKeys.TLS_CERTIFICATE);
        Setting<String> key = reader.get(ListenerKeys.TLS_KEY);
        return isSslAsked(environment)
                ? Optional.of(new Tls(paths.resolve(certificate), paths.resolve(key)))
                : Optional.empty();
    }

    private Optional<Duration> hold() {
        WhileLoading loading = reader.get(ListenerKeys.WHILE_LOADING).value();
        Duration limit = reader.get(ListenerKeys.HOLD).value();
        return loading == WhileLoading.HOLD ? Optional.of(limit) : Optional.empty();
    }

    // Exactly 'true', as the platform's own worker reads it.
    private static boolean isSslAsked(Map<String, String> environment) {
        return environment.getOrDefault("USE_SSL", "").equals("true");
    }

    private String host(ControlPlane mode, Security security) {
        return reader.value(ListenerKeys.WORKER_HOST).orElseGet(() -> {
            boolean open = mode == ControlPlane.VAST || !security.apiKeys().isEmpty();
            String host = open ? "::" : LOOPBACK;
            reader.note(ListenerKeys.WORKER_HOST, host, new Origin.Default());
            return host;
        });
    }

    private int httpPort(int port) {
        Optional<Setting<Integer>> httpPort = reader.find(ListenerKeys.WORKER_HTTP_PORT);
        int settled = httpPort.map(Setting::value).orElse(port == 0 ? 0 : port + 1);
        if (httpPort.isEmpty()) {
            reader.note(ListenerKeys.WORKER_HTTP_PORT, String.valueOf(settled), new Origin.Default());
        }
        if (settled > LAST_PORT || (settled == port && port != 0)) {
            reader.problem(new Problem(
                    httpPort.map(Setting::origin).orElseGet(Origin.Settings::new),
                    ListenerKeys.WORKER_HTTP_PORT.path(),
                    "port " + settled + " beside worker.port " + port,
                    "another port, up to " + LAST_PORT,
                    "set 'worker.http-port' or $WORKER_HTTP_PORT"));
        }
        return settled;
    }

    Admin admin() {
        String host = reader.get(ListenerKeys.ADMIN_HOST).value();
        int port = reader.get(ListenerKeys.ADMIN_PORT).value();
        Optional<Setting<OrNone<String>>> token = reader.find(ListenerKeys.ADMIN_TOKEN);
        var admin =
                new Admin(host, port, token.flatMap(setting -> setting.value().value()));
        if (token.isEmpty() && !admin.isOnLoopback()) {
            reader.problem(new Problem(
                    new Origin.Settings(),
                    ListenerKeys.ADMIN_HOST.path(),
                    "'" + host + "' without 'admin.token'",
                    "a loopback address",
                    "set 'admin.token', or write 'admin.token: none' to let everybody read who reaches it"));
        }
        return admin;
    }

    /// The address under which clients reach the worker, from the two variables that the platform sets.
    static Optional<URI> publicUrl(Map<String, String> environment, int port) {
        String address = environment.getOrDefault("PUBLIC_IPADDR", "").trim();
        String mapped = environment.getOrDefault("VAST_TCP_PORT_" + port, "").trim();
        String host = address.indexOf(':') >= 0 && !address.startsWith("[") ? "[" + address + "]" : address;
        String scheme = isSslAsked(environment) ? "https://" : "http://";
        return address.isEmpty() || mapped.isEmpty() ? Optional.empty() : Kinds.url(scheme + host + ":" + mapped);
    }
}
