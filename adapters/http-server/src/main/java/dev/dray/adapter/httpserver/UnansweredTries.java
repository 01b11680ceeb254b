package dev.dray.adapter.httpserver;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// How often Linux has tried in vain to be heard on connections of this machine, by `/proc/net/tcp`.
///
/// Java has no option for what this is about (`TCP_USER_TIMEOUT`), and shows no socket's number to set it by.
final class UnansweredTries {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    // Columns: number, local, remote, state, queues, timer, retransmissions, user, probes, and more.
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int TIMER = 5;
    private static final int RETRANSMISSIONS = 6;
    private static final int PROBES = 8;
    private static final int COLUMNS = 9;

    private final List<Path> tables;

    UnansweredTries() {
        this(TABLES);
    }

    UnansweredTries(List<Path> tables) {
        this.tables = List.copyOf(tables);
    }

    /// Tries since the last answer, of each connection that has any. Empty where the system tells nothing of it.
    ///
    /// @throws IOException if a table is not like those of Linux
    Map<Ends, Integer> now() throws IOException {
        Map<Ends, Integer> tries = new HashMap<>();
        for (Path table : tables) {
            try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.ISO_8859_1)) {
                lines.readLine();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    take(line, tries);
                }
            } catch (NoSuchFileException e) {
                // Another system, or one without IPv6.
            }
        }
        return tries;
    }

    private static void take(String line, Map<Ends, Integer> tries) throws IOException {
        String[] columns = line.strip().split("\\s+", COLUMNS + 1);
        if (columns.length < COLUMNS) {
            throw new IOException("a line of another shape: " + line);
        }
        try {
            int count = tries(columns);
            if (count > 0) {
                tries.put(new Ends(address(columns[REMOTE]), address(columns[LOCAL])), count);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("a line of another shape: " + line, e);
        }
    }

    private static int tries(String[] columns) {
        return switch (columns[TIMER].substring(0, columns[TIMER].indexOf(':'))) {
            // What was sent is not acknowledged.
            case "01" -> Integer.parseInt(columns[RETRANSMISSIONS], 16);
            // The other side had no room, and does not say whether it has.
            case "04" -> Integer.parseInt(columns[PROBES]);
            default -> 0;
        };
    }

    /// Words of four bytes in the machine's own order, a colon, the port.
    private static InetSocketAddress address(String text) throws UnknownHostException {
        int colon = text.indexOf(':');
        byte[] bytes = HexFormat.of().parseHex(text.substring(0, colon));
        ByteBuffer words = ByteBuffer.wrap(bytes);
        for (int at = 0; at < bytes.length; at += Integer.BYTES) {
            int word = words.order(ByteOrder.BIG_ENDIAN).getInt(at);
            words.order(ByteOrder.nativeOrder()).putInt(at, word);
        }
        // IPv4 within IPv6 becomes IPv4, as it is in Java's own addresses.
        return new InetSocketAddress(InetAddress.getByAddress(bytes), Integer.parseInt(text.substring(colon + 1), 16));
    }
}
