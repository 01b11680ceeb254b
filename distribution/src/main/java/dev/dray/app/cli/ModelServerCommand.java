package dev.dray.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.dray.app.RealTime;
import dev.dray.app.demo.DemoServers;
import dev.dray.app.demo.ModelServerScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts the demo model server alone.
@Command(
        name = "model-server",
        description = "A small model server with the face of vLLM: generates words at a settable rate, writes a log.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        footer = {
            "",
            "Examples:",
            "  dray model-server                    then: dray run --backend vllm, with MODEL_LOG=model-server.log",
            "  dray model-server --slots 1 --tokens-per-second 40 --first-token 300",
            "  dray model-server --crash-after 20   to see what a worker makes of it",
            "",
            "Runs until Ctrl-C. Exit codes: 1 it crashed, as told, or its log cannot be written."
        })
final class ModelServerCommand implements TerminalCommand {
    private final Terminal terminal;

    @Option(
            names = "--port",
            converter = PortNumber.class,
            description = "Port on 127.0.0.1; 0: any free one.",
            defaultValue = "18000")
    private int port;

    @Option(names = "--log-file", description = "Log, begun anew.", defaultValue = "model-server.log")
    private Path logFile = Path.of("model-server.log");

    @Option(names = "--tokens-per-second", description = "Rate of one stream.", defaultValue = "400")
    private double tokensPerSecond;

    @Option(names = "--first-token", description = "Milliseconds to the first token.", defaultValue = "50")
    private long firstTokenMillis;

    @Option(names = "--load-time", description = "Milliseconds until the model is loaded.", defaultValue = "1000")
    private long loadMillis;

    @Option(names = "--slots", description = "Requests at once; 0: no limit, 1: serial.", defaultValue = "0")
    private int slots;

    @Option(names = "--error-every", description = "Answer each n-th request with 500; 0: none.", defaultValue = "0")
    private int errorEvery;

    @Option(names = "--crash-after", description = "Crash at the n-th request; 0: never.", defaultValue = "0")
    private int crashAfter;

    @Option(names = "--json", description = "Print address and log as one JSON object, once it listens.")
    private boolean json;

    ModelServerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var script = new ModelServerScript(
                tokensPerSecond,
                Duration.ofMillis(firstTokenMillis),
                Duration.ofMillis(loadMillis),
                slots,
                errorEvery,
                crashAfter);
        try (var time = new RealTime()) {
            var listener = new DemoServers(time, time.clock(), time).modelServer(port, logFile, script, reason -> {
                terminal.say("model-server: " + reason);
                Runtime.getRuntime().halt(ExitCode.FAILED);
            });
            String url = "http://127.0.0.1:" + listener.port();
            if (json) {
                terminal.print(JsonNodeFactory.instance
                        .objectNode()
                        .put("url", url)
                        .put("log", logFile.toAbsolutePath().toString())
                        .toString());
            } else {
                terminal.print("model server   " + url);
                terminal.print("log            " + logFile.toAbsolutePath());
            }
            new CountDownLatch(1).await();
        }
        return ExitCode.DONE;
    }
}
