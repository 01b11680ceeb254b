package dev.dray.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.app.config.Config.ControlPlane;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigsTest {
    @TempDir
    Path directory;

    @Test
    void nothingButABackendIsEnoughOnALaptop() {
        Config config = Loading.in(directory).config();

        assertThat(config.controlPlane()).isEqualTo(ControlPlane.NONE);
        assertThat(config.backend()).isEqualTo("vllm");
        assertThat(config.worker())
                .isEqualTo(new Config.Worker(
                        "127.0.0.1",
                        3000,
                        "127.0.0.1",
                        3001,
                        Optional.empty(),
                        Optional.empty(),
                        Path.of("/.force_update")));
        assertThat(config.limits().sessions()).hasValue(10);
        assertThat(config.security().signedSessions()).isTrue();
        assertThat(config.security().allowPrivateCallbacks()).isFalse();
        assertThat(config.model().command()).isEmpty();
        assertThat(config.admin()).isEqualTo(new Config.Admin("127.0.0.1", 9464, Optional.empty()));
        assertThat(config.limits().bodyBytes()).isEqualTo(100L << 20);
        assertThat(config.limits().bufferedBytes()).isEqualTo(Loading.HEAP_BYTES / 4);
        assertThat(config.stateDir()).isEqualTo(Path.of("/home/me/.local/state/dray"));
        assertThat(config.drainDeadline()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.platform()).isEmpty();
        assertThat(config.pluginSettings().members()).isEmpty();
    }

    @Test
    void readsSessionsCallbacksHoldAndTheModelServersCommand() {
        Config config = Loading.in(directory).rented().file("""
            model: {command: [vllm, serve, "my model"]}
            sessions: {max: none}
            security: {signed-sessions: false, callbacks: {allow-private: true}}
            worker: {while-loading: hold, hold: 90s, update-file: update}
            platform: {delete-format: lists}
            """).config();

        assertThat(config.model().command()).containsExactly("vllm", "serve", "my model");
        assertThat(config.limits().sessions()).isEmpty();
        assertThat(config.security().signedSessions()).isFalse();
        assertThat(config.security().allowPrivateCallbacks()).isTrue();
        assertThat(config.worker().hold()).contains(Duration.ofSeconds(90));
        assertThat(config.worker().updateFile()).isEqualTo(directory.resolve("update"));
        assertThat(config.platform().orElseThrow().deleteFormat()).isEqualTo(Config.DeleteFormat.LISTS);
    }

    @Test
    void tlsIsUsedWhereThePlatformAsksForIt() {
        Loading rented = Loading.in(directory).rented().file("worker: {tls: {key: /x.key}}");

        Config tls = rented.variable("USE_SSL", "true").config();
        assertThat(tls.worker().tls()).contains(new Config.Tls(Path.of("/etc/instance.crt"), Path.of("/x.key")));
        assertThat(tls.platform().orElseThrow().publicUrl()).contains(URI.create("https://203.0.113.7:41234"));
        // Case-sensitive, as the platform's own worker reads it.
        Config clear = rented.variable("USE_SSL", "TRUE").config();
        assertThat(clear.worker().tls()).isEmpty();
        assertThat(clear.platform().orElseThrow().publicUrl()).contains(URI.create("http://203.0.113.7:41234"));
    }

    @Test
    void readsWhatTheFileSays() {
        Config config = Loading.in(directory).file("""
            backend: tgi
            model:
              url: http://127.0.0.1:5001
              log-file: logs/infer.log
              health: {path: /healthz, interval: 3s, down: 4}
              headers: {X-Key: "secret"}
              keep-alive: 0
            handlers:
              - route: /generate
                allow-parallel-requests: true
                max-queue-time: none
                workload: 12.5
                time-outs: {first-byte: 90s}
                benchmark: {dataset: [{inputs: hi, n: 1.50}], runs: 3}
            log-actions: {on-load: [Connected]}
            capacity: 812.4
            time-outs: {idle: 1500ms}
            limits: {body: 25MiB, model-connections: 7, per-client-connections: 40}
            """).config();

        assertThat(config.backend()).isEqualTo("tgi");
        assertThat(config.model().servers())
                .extracting(Config.Server::url)
                .containsExactly(URI.create("http://127.0.0.1:5001"));
        assertThat(config.model().logFile()).contains(new OrNone<>(Optional.of(directory.resolve("logs/infer.log"))));
        assertThat(config.model().health()).contains(new OrNone<>(Optional.of("/healthz")));
        assertThat(config.model().healthProbes())
                .isEqualTo(new Config.HealthProbes(
                        Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(5), 4, 2));
        assertThat(config.model().keepAlive()).isZero();
        Config.Handler handler = config.handlers().getFirst();
        assertThat(handler.origin().text()).isEqualTo("worker.yaml:9");
        assertThat(handler.parallel()).contains(true);
        assertThat(handler.maxQueueTime()).contains(new OrNone<>(Optional.empty()));
        assertThat(handler.workload()).hasValue(12.5);
        assertThat(handler.timeOuts().firstByte()).contains(new OrNone<>(Optional.of(Duration.ofSeconds(90))));
        assertThat(handler.benchmark().orElseThrow().runs()).isEqualTo(OptionalInt.of(3));
        assertThat(handler.benchmark().orElseThrow().dataset().getFirst().utf8Text())
                .isEqualTo("{\"inputs\":\"hi\",\"n\":1.50}");
        assertThat(config.logActions().onLoad()).contains(List.of("Connected"));
        assertThat(config.capacity()).hasValue(812.4);
        assertThat(config.timeOuts().idle()).contains(new OrNone<>(Optional.of(Duration.ofMillis(1500))));
        assertThat(config.limits().bodyBytes()).isEqualTo(25L << 20);
        assertThat(config.limits().modelConnections()).hasValue(7);
        assertThat(config.limits().perClientConnections()).hasValue(40);
        assertThat(config.pluginSettings().at("/handlers/0/route").flatMap(route -> route.text()))
                .contains("/generate");
    }

    @Test
    void flagWinsOverFileOverVariableOverDefault() {
        Loading variable = Loading.in(directory).variable("WORKER_PORT", "4001");
        Loading file = variable.file("worker: {port: 4002}");
        Loading flag = file.flag("--port", "worker.port", "4003");

        assertThat(settled(Loading.in(directory), "worker.port")).isEqualTo("3000 from default");
        assertThat(settled(variable, "worker.port")).isEqualTo("4001 from $WORKER_PORT");
        assertThat(settled(file, "worker.port")).isEqualTo("4002 from worker.yaml:1");
        assertThat(settled(flag, "worker.port")).isEqualTo("4003 from --port");
        assertThat(flag.config().worker().httpPort()).isEqualTo(4004);
    }

    @Test
    void everyEffectiveSettingHasAnOriginAndNoSecretIsShown() {
        Loading loading = Loading.in(directory).file("""
            security: {api-keys: [sesame]}
            model: {headers: {Authorization: Bearer sesame}}
            """);

        assertThat(settled(loading, "security.api-keys")).isEqualTo("(set) from worker.yaml:1");
        assertThat(loading.config().effective()).noneMatch(one -> one.value().contains("sesame"));
        assertThat(settled(loading, "worker.host")).isEqualTo(":: from default");
        assertThat(settled(loading, "security.control-plane")).isEqualTo("none from default");
    }

    @Test
    void signsOfAPlatformTurnItOn() {
        Config config = Loading.in(directory)
                .rented()
                .variable("MASTER_TOKEN", "sesame")
                .variable("REPORT_ADDR", "http://one.example, http://two.example,")
                .config();

        assertThat(config.controlPlane()).isEqualTo(ControlPlane.VAST);
        assertThat(config.worker().host()).isEqualTo("::");
        assertThat(config.worker().port()).isEqualTo(4000);
        assertThat(config.worker().httpHost()).isEqualTo("127.0.0.1");
        assertThat(config.worker().httpPort()).isEqualTo(4001);
        Config.Platform platform = config.platform().orElseThrow();
        assertThat(platform.publicUrl()).contains(URI.create("http://203.0.113.7:41234"));
        assertThat(platform.containerId()).hasValue(42);
        assertThat(platform.masterToken()).isEqualTo("sesame");
        assertThat(platform.reportAddresses())
                .containsExactly(URI.create("http://one.example"), URI.create("http://two.example"));
        assertThat(config.effective()).noneMatch(one -> one.value().contains("sesame"));
    }

    @Test
    void theFileMayNameWhatThePlatformDoesNot() {
        Config config = Loading.in(directory).file("""
            security: {control-plane: vast}
            worker: {port: 3000}
            platform:
              container-id: 7
              public-url: http://203.0.113.7:40000
              report-addresses: ["http://127.0.0.1:9"]
            """).config();

        assertThat(config.platform().orElseThrow().containerId()).hasValue(7);
    }

    @Test
    void namesEveryVariableThatThePlatformShouldHaveSet() {
        List<String> problems =
                Loading.in(directory).variable("MASTER_TOKEN", "x").problems();

        assertThat(problems).hasSize(4);
        assertThat(problems.get(0)).startsWith("$CONTAINER_ID: 'platform.container-id': found nothing; expected");
        assertThat(problems.get(1)).startsWith("$WORKER_PORT: 'worker.port': found nothing");
        assertThat(problems.get(2)).startsWith("$PUBLIC_IPADDR: 'platform.public-url': found nothing");
        assertThat(problems.get(3)).startsWith("$VAST_TCP_PORT_<$WORKER_PORT>: 'platform.public-url': found nothing");
    }

    @Test
    void theBeaconIsKnownAsSoonAsTheContainerIs() {
        Loaded loaded = Loading.in(directory).variable("CONTAINER_ID", "42").load();

        assertThat(loaded)
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused -> assertThat(refused.reachable().orElseThrow().containerId())
                                .hasValue(42));
    }

    @Test
    void commandsThatOnlyLookNeedNoPlatformVariables() {
        Loaded loaded = Loading.in(directory).variable("CONTAINER_ID", "42").load(Inputs.Purpose.INSPECT);

        assertThat(loaded).isInstanceOf(Loaded.Complete.class);
    }

    @Test
    void emptyVariablesCountAsNotSet() {
        Config config = Loading.in(directory)
                .variable("UNSECURED", "")
                .variable("CONTAINER_ID", "")
                .variable("USE_SSL", "")
                .config();

        assertThat(config.controlPlane()).isEqualTo(ControlPlane.NONE);
        assertThat(config.security().unsecured()).isFalse();
    }

    @Test
    void unsecuredTakesThePlatformsWordsAndNoOthers() {
        for (String word : List.of("y", "YES", "t", "True", "on", "1")) {
            assertThat(Loading.in(directory)
                            .variable("UNSECURED", word)
                            .config()
                            .security()
                            .unsecured())
                    .as(word)
                    .isTrue();
        }
        assertThat(Loading.in(directory)
                        .variable("UNSECURED", "off")
                        .config()
                        .security()
                        .unsecured())
                .isFalse();
        assertThat(Loading.in(directory).variable("UNSECURED", "maybe").problems())
                .containsExactly("$UNSECURED: 'security.unsecured': found 'maybe'; expected true or false");
    }

    @Test
    void everyDefaultIsOneItsKeyTakes() {
        for (Key<?> key : Keys.ALL) {
            key.defaultText()
                    .ifPresent(text -> assertThat(key.kind().read(YamlValue.Scalar.loose(text)))
                            .as(key.path())
                            .isInstanceOf(Kind.Reading.Good.class));
        }
    }

    private static String settled(Loading loading, String key) {
        return loading.config().effective().stream()
                .filter(one -> one.key().equals(key))
                .map(one -> one.value() + " from " + one.origin().text())
                .findFirst()
                .orElseThrow();
    }
}
