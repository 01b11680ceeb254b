package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The tables are those of a machine with the lower byte first.
@EnabledIf("isLittleEndian")
final class LostClientsTest {
    private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt";
    private static final String FOUR =
            "   0: 0100007F:0BB8 0200000A:C350 01 %s 0 %s 4711 1 0000000000000000 20 4 30 10 -1";
    private static final String FOUR_IN_SIX = "  12: 0000000000000000FFFF00000100007F:0BB8"
            + " 0000000000000000FFFF00000200000A:C350 01 %s     0        %s 4712 2 0000000000000000 20 4 30 10 -1";
    private static final String SIX = "   3: B80D0120000000000000000001000000:0BB8"
            + " B80D0120000000000000000002000000:C350 01 %s     0        %s 4713 2 0000000000000000 20 4 30 10 -1";
    private static final Ends CLIENT = new Ends(
            new InetSocketAddress("10.0.0.2", 50_000), new InetSocketAddress(InetAddress.getLoopbackAddress(), 3_000));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path table;

    @SuppressWarnings("NullAway.Init") // set before each test
    private UnansweredTries tries;

    static boolean isLittleEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    @BeforeEach
    void none() {
        table = folder.resolve("tcp");
        tries = new UnansweredTries(List.of(table, folder.resolve("none")));
    }

    private void lines(String... lines) throws IOException {
        Files.write(table, Stream.concat(Stream.of(HEAD), Stream.of(lines)).toList());
    }

    private static String retransmitted(String line, int times) {
        return line.formatted("00000010:00000000 01:00000014 %08X".formatted(times), "0");
    }

    @Test
    void readsWhoHasNotAcknowledged() throws IOException {
        lines(retransmitted(FOUR, 11));
        assertThat(tries.now()).isEqualTo(Map.of(CLIENT, 11));

        lines(retransmitted(FOUR_IN_SIX, 2));
        assertThat(tries.now()).isEqualTo(Map.of(CLIENT, 2));

        lines(retransmitted(SIX, 3));
        assertThat(tries.now())
                .isEqualTo(Map.of(
                        new Ends(
                                new InetSocketAddress("2001:db8::2", 50_000),
                                new InetSocketAddress("2001:db8::1", 3_000)),
                        3));
    }

    @Test
    void readsWhoDoesNotSayWhetherItHasRoom() throws IOException {
        lines(FOUR.formatted("00000010:00000000 04:00000014 00000000", "5"));

        assertThat(tries.now()).isEqualTo(Map.of(CLIENT, 5));
    }

    @Test
    void readsNobodyWhereAllIsAcknowledgedOrOnItsWay() throws IOException {
        lines(
                retransmitted(FOUR, 0),
                FOUR.formatted("00000000:00000000 02:00000BB8 00000000", "2"),
                FOUR.formatted("00000000:00000000 00:00000000 00000000", "0"));

        assertThat(tries.now()).isEmpty();
    }

    @Test
    void readsTheTablesOfThisMachine() throws IOException {
        try (var server = new ServerSocket(0);
                var client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            var ends = new Ends(client.getLocalSocketAddress(), client.getRemoteSocketAddress());

            assertThat(new UnansweredTries().now()).doesNotContainKey(ends);
        }
    }

    @Test
    void findsWhoWasSilentForTheWholeTime() throws IOException {
        var clients = new LostClients(Duration.ofSeconds(60), tries);
        lines(retransmitted(FOUR, 1));
        assertThat(clients.find(at(0))).isEmpty();
        lines(retransmitted(FOUR, 6));
        assertThat(clients.find(at(59))).isEmpty();

        assertThat(clients.find(at(60))).containsExactly(CLIENT);
    }

    @Test
    void countsAnewForWhoHasAnsweredInBetween() throws IOException {
        var clients = new LostClients(Duration.ofSeconds(60), tries);
        lines(retransmitted(FOUR, 5));
        assertThat(clients.find(at(0))).isEmpty();
        lines(retransmitted(FOUR, 4));
        assertThat(clients.find(at(50))).isEmpty();
        assertThat(clients.find(at(100))).isEmpty();
        lines();
        assertThat(clients.find(at(105))).isEmpty();
        lines(retransmitted(FOUR, 9));
        assertThat(clients.find(at(110))).isEmpty();

        assertThat(clients.find(at(170))).containsExactly(CLIENT);
    }

    @Test
    void forgivesOnePacketThatIsLostAgainAndAgain() throws IOException {
        var clients = new LostClients(Duration.ofSeconds(60), tries);
        lines(retransmitted(FOUR, 2));

        assertThat(clients.find(at(0))).isEmpty();
        assertThat(clients.find(at(70))).isEmpty();
    }

    @Test
    void findsNobodyWhereTheTableIsOfAnotherShape() throws IOException {
        var clients = new LostClients(Duration.ofSeconds(60), tries);
        Files.writeString(table, HEAD + "\nactive connections: none\n");

        assertThat(clients.find(at(0))).isEmpty();
    }

    private static long at(long seconds) {
        return Long.MAX_VALUE
                - Duration.ofSeconds(20).toNanos()
                + Duration.ofSeconds(seconds).toNanos();
    }
}
