package dev.dray.adapter.controlplanevast;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonString;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Checks a signature that was seen before, and signatures that come round only after they were forgotten.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignatureBenchmark {
    private static final int MORE_THAN_REMEMBERED = VerifiedSignatures.CAPACITY * 2;

    private final VastSigner signer = VastSigner.generate();
    private final JsonValue[] urls = new JsonValue[MORE_THAN_REMEMBERED];
    private final JsonString[] signatures = new JsonString[MORE_THAN_REMEMBERED];
    private TrustedKey key = trusted(signer);
    private int next;

    private static TrustedKey trusted(VastSigner signer) {
        try {
            return new TrustedKey(PublicKeyText.parse(signer.publicKeyPem()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the key is our own", impossible);
        }
    }

    @Setup
    public void sign() {
        key = trusted(signer);
        for (int i = 0; i < MORE_THAN_REMEMBERED; i++) {
            String url = "http://127.0.0.1:3000/?" + i;
            urls[i] = JsonValue.parse(Bytes.utf8("\"" + url + "\""));
            signatures[i] = (JsonString) JsonValue.parse(Bytes.utf8("\"" + signer.sign(url) + "\""));
        }
    }

    @Benchmark
    public boolean remembered() {
        return mustBeGood(key.verifies(urls[0], signatures[0]));
    }

    @Benchmark
    public boolean cold() {
        next = (next + 1) % MORE_THAN_REMEMBERED;
        return mustBeGood(key.verifies(urls[next], signatures[next]));
    }

    // A refusal would be measured for a check.
    private static boolean mustBeGood(boolean verified) {
        if (!verified) {
            throw new IllegalStateException("a good signature was refused");
        }
        return true;
    }
}
