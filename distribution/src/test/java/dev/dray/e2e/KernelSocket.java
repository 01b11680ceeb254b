package dev.dray.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A TCP socket as Linux lists it in `/proc/net/tcp`.
///
/// @param local           address and port in hexadecimal digits
/// @param remote          the same of the other end
/// @param timer           what it waits for, and how long
/// @param retransmissions in a row that were not acknowledged
record KernelSocket(String local, String remote, String state, String timer, int retransmissions) {
    private static final int TICKS = 100; // a second has

    /// All of this machine.
    static List<KernelSocket> all() throws IOException {
        List<KernelSocket> sockets = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            Files.readAllLines(Path.of(table)).stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+", -1))
                    .forEach(fields -> sockets.add(new KernelSocket(
                            fields[1], fields[2], fields[3], fields[5], Integer.parseInt(fields[6], 16))));
        }
        return sockets;
    }

    /// Connections that this machine took at a port.
    static List<KernelSocket> at(int port) throws IOException {
        return all().stream()
                .filter(socket -> socket.established() && socket.local().endsWith(":%04X".formatted(port)))
                .toList();
    }

    /// Connections to a port.
    static List<KernelSocket> to(int port) throws IOException {
        return all().stream()
                .filter(socket -> socket.established() && socket.remote().endsWith(":%04X".formatted(port)))
                .toList();
    }

    private boolean established() {
        return state.equals("01");
    }

    /// Whether the other end is asked within half a minute; a retransmission (01) asks as well.
    boolean isAskedSoon() {
        return timer.startsWith("01")
                || (timer.startsWith("02") && Integer.parseInt(timer.substring(3), 16) <= 31 * TICKS);
    }
}
