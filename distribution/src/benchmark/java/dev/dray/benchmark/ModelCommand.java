package dev.dray.benchmark;

import dev.dray.benchmark.model.FastModel;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the fast model server alone.
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description = "Runs the benchmark's model server alone, until its standard input ends.")
final class ModelCommand implements Callable<Integer> {
    @Option(names = "--port", defaultValue = "0", description = "0: any free one; it is printed")
    private int port;

    @Override
    public Integer call() throws IOException {
        FastModel model = FastModel.listen(port);
        System.out.println(model.port());
        Thread.ofPlatform().daemon().start(ModelCommand::endWithInput);
        model.run();
        return 0;
    }

    // Whoever started it may have ended without a word.
    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is asked this way.
            }
        } catch (IOException gone) {
            // As good as its end.
        }
        Runtime.getRuntime().halt(0);
    }
}
