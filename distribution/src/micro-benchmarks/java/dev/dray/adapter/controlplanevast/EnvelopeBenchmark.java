package dev.dray.adapter.controlplanevast;

import dev.dray.model.Bytes;
import dev.dray.port.outbound.PlatformProtocol.Opened;
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

/// Takes the envelope off bodies of an ordinary request and of one with a picture in it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EnvelopeBenchmark {
    @Param({"841", "65536", "10485760"})
    private int bytes;

    private Bytes body = Bytes.EMPTY;

    @Setup
    public void makeBody() {
        String frame = """
            {"auth_data":{"cost":16,"endpoint":"bench","reqnum":1,"request_idx":1,"signature":"%s","url":\
            "http://127.0.0.1:3000"},"payload":{"model":"bench","max_tokens":16,"stream":true,"prompt":"%%s"}}""".formatted("A".repeat(344));
        body = Bytes.utf8(frame.formatted("x".repeat(bytes - frame.length() + 2)));
    }

    @Benchmark
    public Opened open() {
        return EnvelopeReader.read(body, false);
    }
}
