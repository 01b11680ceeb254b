package dev.dray.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadFilesTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        capacity: fast        | 'capacity': found 'fast'; expected a number above 0, or none
        capacity:             | 'capacity': found nothing; expected a number above 0, or none
        capacity: -1          | 'capacity': found the number -1; expected a number above 0, or none
        capacity: [1]         | 'capacity': found a list; expected a number above 0, or none
        worker: {port: 70000} | 'worker.port': found the number 70000; expected a whole number, 0 to 65535
        worker: {port: 1.5}   | 'worker.port': found the number 1.5; expected a whole number, 0 to 65535
        worker: {port: "80"}  | 'worker.port': found '80'; expected a whole number, 0 to 65535
        model: {url: 127.0.0.1:80} | 'model.url': found '127.0.0.1:80'; expected a URL such as http://127.0.0.1:18000, or a list of 1 to 64 of them
        model: {url: []}           | 'model.url': found a list; expected a URL such as http://127.0.0.1:18000, or a list of 1 to 64 of them
        `model: {url: [http://a, 7]}`        | 'model.url': found the number 7; expected a URL such as http://127.0.0.1:18000, or a list of 1 to 64 of them
        `model: {url: [http://a, http://a]}` | 'model.url': found 'http://a'; expected each model server once: another one has http://a
        `model: {servers: http://a}`         | 'model.servers': found 'http://a'; expected a list of 1 to 64 groups, each with url and perhaps log-file, health, command
        `model: {servers: [{health: /up}]}`  | 'model.servers': found a group of keys; expected a 'url' in it
        `model: {servers: [{url: http://a, helth: /up}]}` | 'model.servers': found 'helth'; expected one of url, log-file, health, command
        `model: {servers: [{url: http://a, health: up}]}` | 'model.servers': found 'up'; expected for 'health' a path such as /health, or an absolute URL, or none
        `model: {servers: [{url: http://a, log-file: a.log, command: [serve]}]}` | 'model.servers': found a group of keys; expected a log-file or a command, not both: what the command prints is the log
        `model: {url: http://a, servers: [{url: http://b}]}` | 'model.servers': found it beside 'model.url'; expected one of the two; remove one
        `model: {url: [http://a, http://b], command: [serve]}` | 'model.command': found one command for 2 model servers; expected one for each; move it under 'model.servers'
        model: {health: health}    | 'model.health': found 'health'; expected a path such as /health, or an absolute URL, or none
        model: {log-from: middle}  | 'model.log-from': found 'middle'; expected one of start, end
        model: 7                   | 'model': found the number 7; expected a group of keys: command, forward-headers, headers, health, keep-alive, log-file, log-from, name, servers, url
        time-outs: {idle: 5 parsecs} | 'time-outs.idle': found '5 parsecs'; expected a duration such as 500ms, 60s or 10m, or a number of seconds, or none
        limits: {body: 3GiB}  | 'limits.body': found '3GiB'; expected a size such as 25MiB, or a number of bytes, at most 2147483639 bytes
        security: {unsecured: "yes"} | 'security.unsecured': found 'yes'; expected true or false
        log-actions: {on-load: ready}  | 'log-actions.on-load': found 'ready'; expected a list of: a piece of a log line, in quotes if it is a number
        log-actions: {on-load: [404]}  | 'log-actions.on-load': found the number 404; expected a piece of a log line, in quotes if it is a number
        model: {headers: {Host: x}}    | 'model.headers': found something else; expected no 'Host', which dray writes itself or HTTP forbids
        model: {command: []}          | 'model.command': found a list; expected a program and its arguments, such as [vllm, serve, my-model]
        model: {command: vllm serve}  | 'model.command': found 'vllm serve'; expected a program and its arguments, such as [vllm, serve, my-model]
        model: {command: [vllm, 7]}   | 'model.command': found the number 7; expected an argument, in quotes if it is a number
        model: {command: [vllm], log-file: a.log} | 'model.log-file': found a file beside 'model.command'; expected one of the two: what the command prints is the log; remove one
        security: {api-keys: [1234]}   | 'security.api-keys': found something else; expected a key, in quotes if it is a number
        capasity: 5           | 'capasity': found an unknown key; expected one of admin, backend, capacity, drain, handlers, limits, log, log-actions, model, otlp, platform, plugins, security, sessions, state-dir, time-outs, worker; did you mean 'capacity'?
        drain: {limit: 5s}    | 'drain.limit': found an unknown key; expected one of deadline
        admin: {prot: 1}      | 'admin.prot': found an unknown key; expected one of host, port, token; did you mean 'port'?
        handlers: {route: /a} | 'handlers': found a group of keys; expected a list of entries that begin with '- route: /…'
        handlers: [{queue: a}] | 'handlers[0].route': found nothing; expected a path that begins with '/', such as /v1/completions
        handlers: [{route: a}] | 'handlers[0].route': found 'a'; expected a path that begins with '/', such as /v1/completions
        handlers: [{route: /a, workload: -1}] | 'handlers[0].workload': found the number -1; expected a number, 0 or more, or a CEL expression over payload
        `handlers: [{route: /a}, {route: /a}]` | 'handlers[1].route': found '/a' a second time; expected one entry for each route, this one has one at worker.yaml:1; put both into one entry
        handlers: [{route: /a, benchmark: {dataset: []}}] | 'handlers[0].benchmark.dataset': found a list; expected a list of one or more payloads, such as [{prompt: hello, max_tokens: 128}]
        """)
    void oneMistakeIsToldExactly(String yaml, String expected) {
        assertThat(Loading.in(directory).file(yaml).problems()).containsExactly("worker.yaml:1: " + expected);
    }

    @Test
    void defaultsMayBeWrittenOut() {
        assertThat(Loading.in(directory).file("""
            sessions: {max: 10}
            security: {signed-sessions: true, callbacks: {allow-private: false}}
            worker:
              tls: {certificate: /etc/instance.crt, key: /etc/instance.key}
              update-file: /.force_update
            log: {format: text}
            admin:
            """).problems()).isEmpty();
    }

    @Test
    void tellsAllMistakesAtOnceInTheOrderOfTheFile() {
        List<String> problems = Loading.in(directory)
                .variable("DRAY_CAPACITY", "lots")
                .file("""
                    # line 1
                    model:
                      ulr: http://127.0.0.1:1
                      health: {intervall: 3s}
                    limits:
                      queue: many
                    model:
                      name: again
                    """)
                .problems();

        assertThat(problems)
                .containsExactly(
                        "worker.yaml:3: 'model.ulr': found an unknown key; expected one of command, forward-headers,"
                                + " headers, health, keep-alive, log-file, log-from, name, servers, url;"
                                + " did you mean 'url'?",
                        "worker.yaml:4: 'model.health.intervall': found an unknown key; expected one of down, interval,"
                                + " path, retry-interval, time-out, up; did you mean 'interval'?",
                        "worker.yaml:6: 'limits.queue': found 'many'; expected a whole number, 1 to 2147483647",
                        "worker.yaml:7: 'model': found it a second time; expected each key once, this one is in line 2",
                        "$DRAY_CAPACITY: 'capacity': found 'lots'; expected a number above 0, or none");
    }

    @Test
    void namesTheColumnToo() {
        Loaded loaded = Loading.in(directory).file("worker: {port: fast}").load();

        assertThat(loaded)
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused -> assertThat(refused.problems().getFirst().origin())
                                .isEqualTo(new Origin.InFile("worker.yaml", 1, 16)));
    }

    @Test
    void brokenYamlIsToldWithItsLine() {
        assertThat(Loading.in(directory).file("model:\n  url: [http://a\n").problems())
                .singleElement()
                .asString()
                .startsWith("worker.yaml:2: found while parsing a flow sequence, expected ',' or ']'")
                .contains("; expected YAML");
        assertThat(Loading.in(directory).file("- a\n").problems())
                .containsExactly("worker.yaml:1: found a list; expected keys with values, such as 'backend: vllm'");
        assertThat(Loading.in(directory).file("a: &x {b: 1}\nbackend: *x\n").problems())
                .anyMatch(text -> text.startsWith("worker.yaml:2: found the alias '*x'"));
        assertThat(Loading.in(directory)
                        .file("---\nbackend: tgi\n---\nbackend: vllm\n")
                        .problems())
                .anyMatch(text -> text.startsWith("worker.yaml:4: found a second document"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        var inputs = new Inputs(
                Optional.of(Path.of("nowhere.yaml")), Map.of(), List.of(), directory, 1, Inputs.Purpose.SERVE);

        assertThat(Configs.load(inputs))
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .extracting(Problem::text)
                                .isEqualTo("nowhere.yaml: found no such file; expected a configuration file; correct"
                                        + " --config"));
    }

    @Test
    void aMissingBackendSaysWhereItMayBeSet() {
        assertThat(Loading.in(directory).variable("BACKEND", "").problems())
                .containsExactly("settings: 'backend': found nothing; expected a plugin id, such as vllm; set 'backend'"
                        + " in the file, $BACKEND or --backend; 'dray plugins' lists what there is");
    }

    @Test
    void refusesWhatWouldOpenADoorSilently() {
        assertThat(Loading.in(directory).file("admin: {host: 0.0.0.0}").problems())
                .singleElement()
                .asString()
                .contains("'admin.host': found '0.0.0.0' without 'admin.token'");
        assertThat(Loading.in(directory)
                        .file("admin: {host: 0.0.0.0, token: none}")
                        .problems())
                .isEmpty();
        assertThat(Loading.in(directory)
                        .rented()
                        .file("security: {api-keys: [a]}")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("worker.yaml:1: 'security.api-keys': found keys although there is a platform");
    }

    @Test
    void twoListenersNeedTwoPorts() {
        assertThat(Loading.in(directory)
                        .file("worker: {port: 3000, http-port: 3000}")
                        .problems())
                .containsExactly("worker.yaml:1: 'worker.http-port': found port 3000 beside worker.port 3000; expected"
                        + " another port, up to 65535; set 'worker.http-port' or $WORKER_HTTP_PORT");
        assertThat(Loading.in(directory).file("worker: {port: 65535}").problems())
                .hasSize(1);
        assertThat(Loading.in(directory)
                        .file("worker: {port: 0}")
                        .config()
                        .worker()
                        .httpPort())
                .isZero();
    }
}
