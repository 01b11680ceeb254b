package dev.dray.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `worker.py` of a Vast template, run by Python as the bootstrap runs it.
class VastShimTest {
    private static final Path SHIM =
            Path.of("src/main/dist/deploy/vast/worker.py").toAbsolutePath();
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final int DEADLINE_SECONDS = 60;

    @TempDir
    private Path folder;

    private final AtomicInteger fetched = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private HttpServer server;
    private TinyPackage tiny;

    private record Ended(long pid, int status, String out, String err) {}

    @BeforeEach
    void serve() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "no /usr/bin/python3 on this machine: the shim is not tried");
        tiny = TinyPackage.in(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = Files.readAllBytes(tiny.file());
        server.createContext("/dray.tar.gz", exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.createContext("/broken.tar.gz", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.createContext("/slow.tar.gz", exchange -> {
            fetched.incrementAndGet();
            begun.countDown();
            await(go);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("nobody came");
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private Map<String, String> fetching(String url) {
        return Map.of("DRAY_URL", url, "DRAY_SHA256", tiny.sha256());
    }

    private Process start(Map<String, String> variables, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(PYTHON.toString(), SHIM.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "BACKEND", "vllm"));
        builder.environment().put("WORKSPACE_DIR", folder.resolve("workspace").toString());
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static Ended end(Process process) throws Exception {
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.pid(),
                process.exitValue(),
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip(),
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }

    private Ended run(Map<String, String> variables, String... arguments) throws Exception {
        return end(start(variables, arguments));
    }

    private List<String> leftInTheWorkspace() throws IOException {
        Path kept = folder.resolve("workspace/dray");
        if (!Files.exists(kept)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(kept)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("lock"))
                    .toList();
        }
    }

    @Test
    void becomesTheProgramOfDrayHomeInTheSameProcess() throws Exception {
        Ended ended = run(Map.of("DRAY_HOME", folder.resolve("dray-1.0").toString()));

        assertThat(ended.status()).isZero();
        assertThat(ended.out())
                .startsWith("pid=" + ended.pid() + " arguments=run backend=vllm")
                .endsWith("dray-1.0/bin/dray");
    }

    @Test
    void keepsArgumentsAndTakesTheConfigurationFileFromAVariable() throws Exception {
        String home = folder.resolve("dray-1.0").toString();

        assertThat(run(Map.of("DRAY_HOME", home), "check", "--json").out()).contains("arguments=check --json");
        assertThat(run(Map.of("DRAY_HOME", home, "DRAY_CONFIG", "/w.yaml")).out())
                .contains("arguments=run --config /w.yaml");
    }

    @Test
    void fetchesOnceAndKeepsWhatItFetched() throws Exception {
        Ended first = run(fetching(url("/dray.tar.gz")));
        Ended second = run(fetching(url("/dray.tar.gz")));

        assertThat(first.out()).endsWith("workspace/dray/" + tiny.sha256() + "/bin/dray");
        assertThat(second.out()).contains("arguments=run");
        assertThat(second.err()).isEmpty();
        assertThat(fetched).hasValue(1);
        assertThat(leftInTheWorkspace()).containsExactly(tiny.sha256());
    }

    @Test
    void takesALocalFile() throws Exception {
        Ended ended = run(fetching(tiny.file().toUri().toString().replace("file:/", "file:///")));

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("arguments=run");
    }

    @Test
    void twoAtOnceFetchOnce() throws Exception {
        Process first = start(fetching(url("/slow.tar.gz")));
        await(begun);
        Process second = start(fetching(url("/slow.tar.gz")));
        var waiting = second.errorReader();
        assertThat(waiting.readLine()).contains("another start is fetching dray; waiting");
        go.countDown();

        assertThat(end(first).out()).contains("arguments=run");
        assertThat(end(second).out()).contains("arguments=run");
        assertThat(fetched).hasValue(1);
    }

    @Test
    void refusesWhatDoesNotHaveTheChecksum() throws Exception {
        var wrong = new HashMap<>(fetching(url("/dray.tar.gz")));
        wrong.put("DRAY_SHA256", "0".repeat(64));

        Ended ended = run(wrong);

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("has the checksum " + tiny.sha256()).contains("DRAY_SHA256 is 000");
        assertThat(leftInTheWorkspace()).isEmpty();
    }

    @Test
    void leavesNothingOfADownloadThatBreaksAndFetchesAnew() throws Exception {
        Ended broken = run(fetching(url("/broken.tar.gz")));

        assertThat(broken.status()).isEqualTo(2);
        assertThat(broken.err()).contains("DRAY_URL").contains("/broken.tar.gz");
        assertThat(leftInTheWorkspace()).isEmpty();
        assertThat(run(fetching(url("/dray.tar.gz"))).status()).isZero();
    }

    @Test
    void clearsWhatAKilledStartLeft() throws Exception {
        Files.createDirectories(folder.resolve("workspace/dray/part-of-old/unpacked"));

        assertThat(run(fetching(url("/dray.tar.gz"))).status()).isZero();
        assertThat(leftInTheWorkspace()).containsExactly(tiny.sha256());
    }

    @Test
    void namesTheVariableThatIsWrong() throws Exception {
        assertThat(run(Map.of()).err()).contains("neither DRAY_HOME nor DRAY_URL is set; set DRAY_HOME");
        assertThat(run(Map.of("DRAY_HOME", "/nowhere")).err()).contains("DRAY_HOME is '/nowhere'");
        assertThat(run(Map.of("DRAY_URL", "ftp://x/y")).err()).contains("DRAY_URL is 'ftp://x/y'; expected");
        assertThat(run(Map.of("DRAY_URL", url("/dray.tar.gz"))).err()).contains("DRAY_SHA256 is ''; expected the 64");
        assertThat(run(fetching(url("/none.tar.gz"))).err()).contains("cannot be fetched: Not Found");
        var unwritable = new HashMap<>(fetching(url("/dray.tar.gz")));
        unwritable.put("WORKSPACE_DIR", "/proc/none");
        assertThat(run(unwritable).err()).contains("WORKSPACE_DIR is '/proc/none' and cannot be written");
    }

    @Test
    void refusesATarballThatLeadsOutOfItsFolder() throws Exception {
        Files.createSymbolicLink(folder.resolve("dray-1.0/out"), Path.of(".."));
        TinyPackage evil = TinyPackage.pack(folder, "dray-1.0");

        Ended ended = run(Map.of("DRAY_URL", "file://" + evil.file(), "DRAY_SHA256", evil.sha256()));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("holds 'dray-1.0/out', which is no file, folder or link below one folder");
        assertThat(leftInTheWorkspace()).isEmpty();
    }
}
