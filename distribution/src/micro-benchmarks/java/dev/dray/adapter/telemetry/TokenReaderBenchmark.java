package dev.dray.adapter.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ResponseHead;
import java.util.List;
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

/// Counts the token of one event of a stream.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenReaderBenchmark {
    private final byte[] chat = """
            data: {"id":"chatcmpl-0","object":"chat.completion.chunk","created":1700000000,"model":"bench","choices":\
            [{"index":0,"delta":{"content":" word"},"logprobs":null,"finish_reason":null}]}

            """.getBytes(US_ASCII);
    private final byte[] completion = """
            data: {"id":"cmpl-0","object":"text_completion","created":1700000000,"model":"bench","choices":\
            [{"index":0,"text":" word","logprobs":null,"finish_reason":null}]}

            """.getBytes(US_ASCII);
    private final TokenReader reader =
            TokenReader.of(new ResponseHead(200, List.of(new HeaderField("Content-Type", "text/event-stream"))));

    @Benchmark
    public long chatEvent() {
        reader.read(chat, 0, chat.length);
        return reader.events();
    }

    @Benchmark
    public long completionEvent() {
        reader.read(completion, 0, completion.length);
        return reader.events();
    }
}
