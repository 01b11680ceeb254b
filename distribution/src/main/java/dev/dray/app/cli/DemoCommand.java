package dev.dray.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.RealTime;
import dev.dray.app.demo.ChildProcess;
import dev.dray.app.demo.DemoClient;
import dev.dray.app.demo.DemoClient.Summary;
import dev.dray.app.demo.DemoHouse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Shows the whole way: model server, control plane and worker as processes, one signed streaming request through them.
@Command(
        name = "demo",
        description = "Model server, control plane and worker on this machine, and one signed streaming request.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  dray demo --once                     see it work, and end",
            "  dray demo --port 3000                keep it running: worker on 3000, status on 3002",
            "",
            "Ctrl-C ends all of it. Exit codes: 0 shown, 1 a part of it died or did not get ready."
        })
final class DemoCommand implements TerminalCommand {
    private static final int TOKENS = 64;
    private static final int WARM_REQUESTS = 50;
    private static final Duration RESTART_AFTER = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private final Terminal terminal;
    private final Map<String, ChildProcess> children = new ConcurrentHashMap<>();
    private final Deque<String> fallen = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile boolean shown;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Option(names = "--once", description = "End after the summary.")
    private boolean once;

    @Option(
            names = "--port",
            converter = PortNumber.class,
            description = "N worker, N+1 internal, N+2 admin, N+3 model server, N+4 control plane; default: free ones.")
    private int port;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (port > DemoHouse.LAST_FIRST_PORT) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--port': '%d', expected 0 (any free ones) to %d: four more follow it"
                            .formatted(port, DemoHouse.LAST_FIRST_PORT));
        }
        DemoHouse house = DemoHouse.at(port);
        house.writeConfig();
        try (var time = new RealTime()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(house), "dray-demo-end"));
            printUrls(house);
            for (ChildProcess.Plan plan : house.surroundings()) {
                start(plan, time);
            }
            var client = new DemoClient(
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                    house.controlPlaneUrl(),
                    time);
            if (!await(client, house.controlPlaneUrl() + "/pubkey/", time)) {
                return ExitCode.FAILED;
            }
            start(house.workerPlan(), time);
            if (!await(client, house.adminUrl() + "/readyz", time)) {
                return ExitCode.FAILED;
            }
            show(client, house);
            if (!once) {
                shown = true;
                printRecipe(house);
                new CountDownLatch(1).await();
            }
        }
        return ExitCode.DONE;
    }

    private void printUrls(DemoHouse house) {
        terminal.print("worker         " + house.workerUrl());
        terminal.print("internal       " + house.internalUrl());
        terminal.print("admin          " + house.adminUrl());
        terminal.print("model server   " + house.modelUrl());
        terminal.print("control plane  " + house.controlPlaneUrl());
        terminal.say("files in " + house.folder());
    }

    private void start(ChildProcess.Plan plan, RealTime time) throws IOException {
        ChildProcess child = ChildProcess.start(
                plan,
                Main.class.getName(),
                (name, line) -> terminal.say("%-13s | %s".formatted(name, line)),
                (ended, code) -> fell(ended, code, time));
        children.put(plan.name(), child);
    }

    // A child that dies is named, and comes back as under the platform's supervisor: so that recovery can be watched.
    private void fell(ChildProcess.Plan plan, int code, RealTime time) {
        if (ending.get()) {
            return;
        }
        fallen.add("%s has ended with exit code %d".formatted(plan.name(), code));
        if (!shown) {
            return;
        }
        terminal.say("demo: %s has ended with exit code %d; starting it again in %d s"
                .formatted(plan.name(), code, RESTART_AFTER.toSeconds()));
        time.after(RESTART_AFTER, () -> {
            try {
                if (!ending.get()) {
                    start(plan, time);
                }
            } catch (IOException fault) {
                terminal.say("demo: cannot start %s again: %s".formatted(plan.name(), fault.getMessage()));
            }
        });
    }

    // False where a child died or nothing happened for too long.
    private boolean await(DemoClient client, String url, RealTime time) throws InterruptedException {
        long deadline = time.nanos() + READY_WITHIN.toNanos();
        var pause = new CountDownLatch(1);
        while (client.probe(url) != 200) {
            if (!fallen.isEmpty() || time.nanos() - deadline > 0) {
                String why = fallen.isEmpty() ? url + " did not answer 200 within 2 minutes" : fallen.getFirst();
                terminal.say("demo: " + why + "; the last lines of all processes stand above");
                return false;
            }
            pause.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private void show(DemoClient client, DemoHouse house) throws IOException, InterruptedException {
        ObjectNode authData = awaitRoute(client);
        terminal.print("");
        Summary summary = client.chat(authData, TOKENS, terminal::part);
        terminal.print("");
        terminal.print("");
        terminal.print("%d tokens, first token after %.1f ms, %.1f tokens/s"
                .formatted(summary.tokens(), summary.firstTokenSeconds() * 1e3, summary.tokensPerSecond()));
        Overhead first = Overhead.read(client, house.adminUrl());
        for (int i = 0; i < WARM_REQUESTS; i++) {
            client.chat(awaitRoute(client), 1, token -> {});
        }
        Overhead all = Overhead.read(client, house.adminUrl());
        terminal.print("worker overhead %.2f ms of that, its first request; %.2f ms for each of the next %d"
                .formatted(first.millis(), all.since(first).millis(), WARM_REQUESTS));
    }

    // The report that makes the worker known to the control plane is on its way when /readyz turns 200.
    private static ObjectNode awaitRoute(DemoClient client) throws IOException, InterruptedException {
        var pause = new CountDownLatch(1);
        ObjectNode authData = client.route(TOKENS);
        while (!authData.has("url")) {
            pause.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            authData = client.route(TOKENS);
        }
        return authData;
    }

    private void printRecipe(DemoHouse house) {
        terminal.print("");
        terminal.print("All of it keeps running. A signed request of your own:");
        terminal.print("");
        terminal.print("  auth=$(curl -s %s/route/ -d '{\"endpoint\": \"local\", \"cost\": 64, \"request_idx\": 0}')"
                .formatted(house.controlPlaneUrl()));
        terminal.print(
                "  curl -N %s/v1/chat/completions -d \"{\\\"auth_data\\\": $auth, \\\"payload\\\": {\\\"messages\\\": [], \\\"max_tokens\\\": 64, \\\"stream\\\": true}}\""
                        .formatted(house.workerUrl()));
        terminal.print("");
        terminal.print("  curl %s/status".formatted(house.adminUrl()));
        children.forEach(
                (name, child) -> terminal.print("  kill %-10d # stop the %s and watch".formatted(child.pid(), name)));
        terminal.print("");
        terminal.print("Ctrl-C ends all.");
    }

    private void end(DemoHouse house) {
        ending.set(true);
        children.values().forEach(ChildProcess::close);
        try {
            house.clear();
        } catch (IOException fault) {
            terminal.say("demo: cannot remove %s: %s".formatted(house.folder(), fault.getMessage()));
        }
    }
}
