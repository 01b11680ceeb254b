package dev.dray.plugin.declarative;

import dev.dray.model.RequestPayload;
import dev.dray.plugin.declarative.Expression.FailedException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Prices a payload by an expression of `worker.yaml`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExpressionBenchmark {
    @Param({"payload.max_tokens", "has(payload.max_tokens) ? payload.max_tokens + size(payload.prompt) / 4 : 100"})
    private String expression = "";

    private final RequestPayload payload =
            RequestPayload.of("{\"model\":\"bench\",\"max_tokens\":16,\"prompt\":\"" + "word ".repeat(50) + "\"}");
    private final Language language = new Language();
    private Expression compiled = compile("1");

    @Setup
    public void compile() {
        compiled = compile(expression);
    }

    private Expression compile(String text) {
        return language.compile(text, Expected.PRICE, (offset, message) -> {
                    throw new IllegalStateException("at %d: %s".formatted(offset, message));
                })
                .orElseThrow();
    }

    @Benchmark
    public double price() throws FailedException {
        return Price.of(compiled.over(payload));
    }
}
