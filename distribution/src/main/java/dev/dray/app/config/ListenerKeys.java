package dev.dray.app.config;

import dev.dray.app.config.Config.ControlPlane;
import dev.dray.app.config.Config.DeleteFormat;
import dev.dray.app.config.Config.WhileLoading;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// The rows about listeners, who may use them, and the platform behind them. Part of the table in [Keys].
final class ListenerKeys {
    static final Key<ControlPlane> CONTROL_PLANE = Key.of(
            "security.control-plane",
            Kinds.oneOf(ControlPlane.class),
            "the platform; default: vast where any of $CONTAINER_ID, $REPORT_ADDR, $MASTER_TOKEN, $PUBLIC_IPADDR is"
                    + " set, else none");
    static final Key<Boolean> UNSECURED = Key.of("security.unsecured", Kinds.truth(), "no signature is checked")
            .byDefault("false")
            .from("UNSECURED");
    static final Key<Boolean> REQUIRE_OWN_URL = Key.of(
                    "security.require-own-url", Kinds.truth(), "refuses signatures made for another worker's url")
            .byDefault("false");
    static final Key<Boolean> SIGNED_SESSIONS = Key.of(
                    "security.signed-sessions", Kinds.truth(), "/session/create needs a valid signature")
            .byDefault("true");
    static final Key<Boolean> ALLOW_PRIVATE = Key.of(
                    "security.callbacks.allow-private", Kinds.truth(), "on_close may name private addresses")
            .byDefault("false");
    static final Key<List<String>> API_KEYS = Key.of(
                    "security.api-keys",
                    GroupKinds.listOf(Kinds.text("a key, in quotes if it is a number")),
                    "who may use a worker without a platform; empty: everybody who reaches it")
            .ranked(Key.Rank.SECRET);

    static final Key<Integer> WORKER_PORT = Key.of("worker.port", Kinds.port(), "port for clients; 0: any free one")
            .byDefault("3000")
            .from("WORKER_PORT");
    static final Key<Integer> WORKER_HTTP_PORT = Key.of(
                    "worker.http-port", Kinds.port(), "port for the model server's side; default: worker.port + 1")
            .from("WORKER_HTTP_PORT");
    static final Key<String> WORKER_HOST = Key.of(
            "worker.host",
            Kinds.host(),
            "address for clients; default: ::, but 127.0.0.1 without a platform and without security.api-keys");
    static final Key<String> WORKER_HTTP_HOST = Key.of(
                    "worker.http-host", Kinds.host(), "address for the model server's side")
            .byDefault("127.0.0.1");
    static final Key<String> TLS_CERTIFICATE = Key.of(
                    "worker.tls.certificate",
                    Kinds.text("a path"),
                    "PEM, the worker's own first; used when $USE_SSL is true")
            .byDefault("/etc/instance.crt");
    static final Key<String> TLS_KEY = Key.of(
                    "worker.tls.key", Kinds.text("a path"), "PEM, its private key; used when $USE_SSL is true")
            .byDefault("/etc/instance.key");
    static final Key<WhileLoading> WHILE_LOADING = Key.of(
                    "worker.while-loading", Kinds.oneOf(WhileLoading.class), "requests before the worker is ready")
            .byDefault("reject");
    static final Key<Duration> HOLD = Key.of("worker.hold", Measures.duration(), "how long they are held, if so")
            .byDefault("60s");
    static final Key<String> UPDATE_FILE = Key.of(
                    "worker.update-file", Kinds.text("a path"), "touched when the platform asks for an update")
            .byDefault("/.force_update");

    static final Key<String> ADMIN_HOST = Key.of("admin.host", Kinds.host(), "address of health, metrics, status")
            .byDefault("127.0.0.1");
    static final Key<Integer> ADMIN_PORT = Key.of("admin.port", Kinds.port(), "port of the same; 0: any free one")
            .byDefault("9464");
    static final Key<OrNone<String>> ADMIN_TOKEN = Key.of(
                    "admin.token",
                    Kinds.orNone(Kinds.text("a token, in quotes if it is a number")),
                    "needed off loopback; none: whoever reaches the admin listener may read there")
            .ranked(Key.Rank.SECRET);

    static final Key<List<URI>> REPORT_ADDRESSES = Key.of(
                    "platform.report-addresses", GroupKinds.listOf(Kinds.baseUrl()), "where reports go, in this order")
            .byDefault("https://run.vast.ai")
            .from("REPORT_ADDR");
    static final Key<Long> CONTAINER_ID = Key.of(
                    "platform.container-id", Kinds.whole(0, Long.MAX_VALUE), "the platform's number for this instance")
            .from("CONTAINER_ID");
    static final Key<URI> PUBLIC_URL = Key.of(
            "platform.public-url",
            Kinds.baseUrl(),
            "where clients reach this worker; default: from $PUBLIC_IPADDR and $VAST_TCP_PORT_<worker.port>");
    static final Key<DeleteFormat> DELETE_FORMAT = Key.of(
                    "platform.delete-format", Kinds.oneOf(DeleteFormat.class), "shape of delivered outcomes")
            .byDefault("records");
    static final Key<String> REPORTED_VERSION = Key.of(
                    "platform.version",
                    Kinds.text("a version in quotes, such as \"1.1.0\""),
                    "version of the worker as reported")
            .byDefault("1.1.0")
            .from("DRAY_REPORTED_VERSION");
    static final Key<String> MASTER_TOKEN = Key.of(
                    "platform.master-token", Kinds.text("a token"), "shows the platform who reports; variable only")
            .from("MASTER_TOKEN")
            .ranked(Key.Rank.SECRET_VARIABLE);

    static final List<Key<?>> ALL = List.of(
            CONTROL_PLANE,
            UNSECURED,
            REQUIRE_OWN_URL,
            SIGNED_SESSIONS,
            ALLOW_PRIVATE,
            API_KEYS,
            WORKER_PORT,
            WORKER_HTTP_PORT,
            WORKER_HOST,
            WORKER_HTTP_HOST,
            TLS_CERTIFICATE,
            TLS_KEY,
            WHILE_LOADING,
            HOLD,
            UPDATE_FILE,
            ADMIN_HOST,
            ADMIN_PORT,
            ADMIN_TOKEN,
            REPORT_ADDRESSES,
            CONTAINER_ID,
            PUBLIC_URL,
            DELETE_FORMAT,
            REPORTED_VERSION,
            MASTER_TOKEN);

    private ListenerKeys() {}
}
