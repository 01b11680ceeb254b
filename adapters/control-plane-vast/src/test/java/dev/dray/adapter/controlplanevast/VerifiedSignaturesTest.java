package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VerifiedSignaturesTest {
    private static final Bytes URL = Bytes.utf8("\"https://203.0.113.7:41234\"");

    private final VerifiedSignatures verified = new VerifiedSignatures();

    @Test
    void neverHoldsMoreThanItsCapacity() {
        for (int i = 0; i < 3 * VerifiedSignatures.CAPACITY; i++) {
            verified.add(URL, signature(i));
            assertThat(verified.size()).isLessThanOrEqualTo(VerifiedSignatures.CAPACITY);
        }
    }

    @Test
    void remembersTheLatest() {
        int count = 2 * VerifiedSignatures.CAPACITY;
        for (int i = 0; i < count; i++) {
            verified.add(URL, signature(i));
        }

        assertThat(verified.contains(URL, signature(count - 1))).isTrue();
        assertThat(verified.contains(URL, signature(count - VerifiedSignatures.CAPACITY / 2)))
                .isTrue();
        assertThat(verified.contains(URL, signature(0))).isFalse();
    }

    @Test
    void keepsWhatIsAskedForAgainAndAgain() {
        verified.add(URL, signature(0));
        for (int i = 1; i < 4 * VerifiedSignatures.CAPACITY; i++) {
            verified.add(URL, signature(i));
            if (i % 1_000 == 0) {
                assertThat(verified.contains(URL, signature(0))).isTrue();
            }
        }
    }

    @Test
    void keepsACopyAndNotTheRequestsBody() {
        byte[] body = "\"sig\"".getBytes(StandardCharsets.US_ASCII);
        verified.add(URL, Bytes.of(body));

        body[1] = 'X';

        assertThat(verified.contains(URL, Bytes.utf8("\"sig\""))).isTrue();
    }

    @Test
    void keepsUrlAndSignatureApart() {
        verified.add(Bytes.utf8("ab"), Bytes.utf8("c"));

        assertThat(verified.contains(Bytes.utf8("a"), Bytes.utf8("bc"))).isFalse();
        assertThat(verified.contains(Bytes.utf8("xab").slice(1, 2), Bytes.utf8("c")))
                .isTrue();
    }

    private static Bytes signature(int number) {
        return Bytes.utf8("\"signature-" + number + "\"");
    }
}
