package dev.dray.app.config;

import dev.dray.app.config.Config.DeleteFormat;
import dev.dray.app.config.Config.Platform;
import dev.dray.app.config.Inputs.Purpose;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Settles what the platform knows this worker by, and names everything it needs and does not have.
final class PlatformReader {
    private final SettingReader reader;
    private final Map<String, String> environment;
    private final Purpose purpose;

    PlatformReader(SettingReader reader, Inputs inputs) {
        this.reader = reader;
        this.environment = inputs.environment();
        this.purpose = inputs.purpose();
    }

    /// What is known; complete if no problem was told and the purpose is to serve.
    Platform read(int workerPort) {
        List<URI> addresses = reader.get(ListenerKeys.REPORT_ADDRESSES).value();
        Optional<Setting<Long>> container = reader.find(ListenerKeys.CONTAINER_ID);
        Optional<URI> url = publicUrl(workerPort);
        DeleteFormat deleteFormat = reader.get(ListenerKeys.DELETE_FORMAT).value();
        String version = reader.get(ListenerKeys.REPORTED_VERSION).value();
        String token = reader.value(ListenerKeys.MASTER_TOKEN).orElse("");
        if (purpose == Purpose.SERVE) {
            requireAll(workerPort);
        }
        OptionalLong id = container.map(found -> OptionalLong.of(found.value())).orElse(OptionalLong.empty());
        return new Platform(addresses, id, url, token, version, deleteFormat);
    }

    private Optional<URI> publicUrl(int workerPort) {
        Optional<URI> said = reader.value(ListenerKeys.PUBLIC_URL);
        if (said.isPresent()) {
            return said;
        }
        Optional<URI> url = ListenerReader.publicUrl(environment, workerPort);
        url.ifPresent(
                known -> reader.note(ListenerKeys.PUBLIC_URL, known.toString(), new Origin.Variable("PUBLIC_IPADDR")));
        return url;
    }

    private void requireAll(int workerPort) {
        if (!reader.isSaid(ListenerKeys.CONTAINER_ID)) {
            missing("CONTAINER_ID", "this instance's number", ListenerKeys.CONTAINER_ID);
        }
        boolean portSaid = reader.isSaid(ListenerKeys.WORKER_PORT);
        if (!portSaid) {
            missing("WORKER_PORT", "the port for clients", ListenerKeys.WORKER_PORT);
        }
        if (reader.isSaid(ListenerKeys.PUBLIC_URL)) {
            return;
        }
        if (isMissing("PUBLIC_IPADDR")) {
            missing("PUBLIC_IPADDR", "the address clients reach this machine by", ListenerKeys.PUBLIC_URL);
        }
        String mapped = "VAST_TCP_PORT_" + workerPort;
        if (isMissing(mapped)) {
            String name = portSaid ? mapped : "VAST_TCP_PORT_<$WORKER_PORT>";
            missing(name, "the public port that leads to the worker's", ListenerKeys.PUBLIC_URL);
            return;
        }
        if (!isMissing("PUBLIC_IPADDR")
                && ListenerReader.publicUrl(environment, workerPort).isEmpty()) {
            String found = "'%s' and '%s'".formatted(environment.get("PUBLIC_IPADDR"), environment.get(mapped));
            reader.problem(new Problem(
                    new Origin.Variable("PUBLIC_IPADDR"),
                    ListenerKeys.PUBLIC_URL.path(),
                    found + " in $" + mapped,
                    "an address and a port",
                    "correct them, or set '" + ListenerKeys.PUBLIC_URL.path() + "'"));
        }
    }

    private boolean isMissing(String variable) {
        return environment.getOrDefault(variable, "").isBlank();
    }

    private void missing(String variable, String expected, Key<?> key) {
        reader.problem(new Problem(
                new Origin.Variable(variable),
                key.path(),
                "nothing",
                expected,
                "set the variable or '" + key.path()
                        + "', or 'security.control-plane: none' to run without a platform"));
    }
}
