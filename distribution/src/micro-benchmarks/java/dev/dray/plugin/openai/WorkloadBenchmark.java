package dev.dray.plugin.openai;

import dev.dray.model.RequestPayload;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.Route;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Checks and prices a payload as the plugin of vLLM does.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WorkloadBenchmark {
    private final Route chat = new VllmPlugin()
            .start(FakePluginContext.builder().build()).routes().stream()
                    .filter(route -> route.path().equals("/v1/chat/completions"))
                    .findFirst()
                    .orElseThrow();
    private final RequestPayload payload =
            RequestPayload.of("{\"model\":\"bench\",\"messages\":[{\"role\":\"user\",\"content\":\""
                    + "word ".repeat(50) + "\"}],\"max_tokens\":16,\"stream\":true}");

    @Benchmark
    public double workload() {
        return chat.workload(payload);
    }

    @Benchmark
    public Map<String, String> check() {
        return chat.check(payload);
    }
}
