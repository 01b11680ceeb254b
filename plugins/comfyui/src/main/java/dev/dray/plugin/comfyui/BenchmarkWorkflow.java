package dev.dray.plugin.comfyui;

import dev.dray.model.Bytes;
import dev.dray.plugin.comfyui.WorkflowFile.Content;
import dev.dray.spi.BenchmarkPlan.Payloads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// What the benchmark sends: the first workflow file that can be used, else a picture from a prompt.
///
/// Files are read for each request: provisioning may still be writing them when the worker starts.
/// Whatever is in
/// them, `__RANDOM_INT__` included, goes to the wrapper as it stands, which puts numbers there.
final class BenchmarkWorkflow implements Payloads {
    private static final Logger LOG = System.getLogger(BenchmarkWorkflow.class.getName());

    private static final int LEAST_ID = 1_000;
    private static final int MOST_ID = 99_999;

    private final List<WorkflowFile> files;
    private final TextToImage otherwise;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /// @param files in order of precedence
    BenchmarkWorkflow(List<WorkflowFile> files, TextToImage otherwise) {
        this.files = List.copyOf(files);
        this.otherwise = otherwise;
    }

    /// The first graph that can be used; each thing that is wrong is told once.
    Optional<Bytes> find(Consumer<String> warnings) {
        for (WorkflowFile file : files) {
            switch (file.read()) {
                case Content.Graph(Bytes json) -> {
                    return Optional.of(json);
                }
                case Content.Unusable(String warning) -> {
                    if (told.add(warning)) {
                        warnings.accept(warning);
                    }
                }
                case Content.Absent() -> {}
            }
        }
        return Optional.empty();
    }

    @Override
    public Bytes next(RandomGenerator random) {
        String requestId = "test-" + random.nextInt(LEAST_ID, MOST_ID + 1);
        return find(warning -> LOG.log(Level.WARNING, warning))
                .map(graph -> wrapped(requestId, graph))
                .orElseGet(() -> otherwise.payload(requestId, random));
    }

    // The graph's own bytes, so that numbers and names stay as they are.
    private static Bytes wrapped(String requestId, Bytes graph) {
        return Bytes.utf8(
                "{\"input\": {\"request_id\": \"%s\", \"workflow_json\": %s}}".formatted(requestId, graph.utf8Text()));
    }
}
