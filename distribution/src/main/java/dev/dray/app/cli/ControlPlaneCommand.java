package dev.dray.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.dray.app.RealTime;
import dev.dray.app.demo.DemoServers;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts the local control plane alone.
@Command(
        name = "control-plane",
        description = "A control plane for one laptop: issues a key, hears reports, signs the way to a worker.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        footer = {
            "",
            "Examples:",
            "  dray control-plane                   then start a worker with REPORT_ADDR=http://127.0.0.1:8081",
            "  curl -s http://127.0.0.1:8081/workers",
            "  url=$(dray control-plane --port 0 --json | head -1 | jq -r .url)",
            "",
            "Runs until Ctrl-C."
        })
final class ControlPlaneCommand implements TerminalCommand {
    private final Terminal terminal;

    @Option(
            names = "--port",
            converter = PortNumber.class,
            description = "Port on 127.0.0.1; 0: any free one.",
            defaultValue = "8081")
    private int port;

    @Option(names = "--json", description = "Print the address as one JSON object, once it listens.")
    private boolean json;

    ControlPlaneCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (var time = new RealTime()) {
            var listener = new DemoServers(time, time.clock(), time).controlPlane(port, terminal::say);
            String url = "http://127.0.0.1:" + listener.port();
            terminal.print(
                    json ? JsonNodeFactory.instance.objectNode().put("url", url).toString() : "control plane  " + url);
            new CountDownLatch(1).await();
        }
        return ExitCode.DONE;
    }
}
