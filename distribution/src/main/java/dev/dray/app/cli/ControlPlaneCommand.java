package dev.dray.app.cli;

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
        showDefaultValues = true)
final class ControlPlaneCommand implements TerminalCommand {
    private final Terminal terminal;

    @Option(names = "--port", description = "Port on 127.0.0.1; 0: any free one.", defaultValue = "8081")
    private int port;

    ControlPlaneCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (var time = new RealTime()) {
            var listener = new DemoServers(time, time.clock(), time).controlPlane(port, terminal::say);
            terminal.print("control plane  http://127.0.0.1:" + listener.port());
            new CountDownLatch(1).await();
        }
        return ExitCode.DONE;
    }
}
