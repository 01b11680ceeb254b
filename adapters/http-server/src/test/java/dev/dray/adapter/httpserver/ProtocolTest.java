package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProtocolTest {
    @ParameterizedTest
    @CsvSource({
        "'', UNDECIDED",
        "'PRI * HTTP/2.0', UNDECIDED",
        "'POST /a HTTP/1.0', UNDECIDED",
        "'POST /a HTTP/1.0rn', UNDECIDED",
        "'POST /a HTTP/1.0rnA: brnrn', HTTP_1_0",
        "'POST /a HTTP/1.0rnrnbody', HTTP_1_0",
        "'POST /a HTTP/1.1rn', HTTP_1_1",
        "'PRI * HTTP/1.1rn', HTTP_1_1",
        "'rn', HTTP_1_1",
        "'PRI * HTTP/2.0rnrnSMrnrn', HTTP_2",
        "'PRI * HTTP/2.0rnrnSMrnrnmore', HTTP_2",
    })
    void isToldByTheFirstBytes(String first, Protocol expected) {
        assertThat(Protocol.of(bytes(first))).isEqualTo(expected);
    }

    @Test
    void isNotWaitedForWithoutEnd() {
        byte[] endless = new byte[20_000];
        Arrays.fill(endless, (byte) 'a');

        assertThat(Protocol.of(endless)).isEqualTo(Protocol.HTTP_1_1);
    }

    @Test
    void addsAHostOnlyWhereThereIsNone() {
        assertThat(text(Protocol.asHttp11(bytes("GET / HTTP/1.0rnA: brnrnbody"))))
                .isEqualTo("GET / HTTP/1.1rnHost: -rnA: brnrnbody");
        assertThat(text(Protocol.asHttp11(bytes("GET / HTTP/1.0rnHOST: arnrn"))))
                .isEqualTo("GET / HTTP/1.1rnHOST: arnrn");
    }

    private static byte[] bytes(String text) {
        return text.replace("rn", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII).replace("\r\n", "rn");
    }
}
