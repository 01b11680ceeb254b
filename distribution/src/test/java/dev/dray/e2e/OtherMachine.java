package dev.dray.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another machine, as far as the network goes: a network namespace of Linux at the other end of a cable, from which
/// the plug can be pulled.
///
/// Once it is out nothing of the other side comes any more, neither the end of a connection nor a word that a packet
/// was received: as if that machine had lost its power. Needs root and the `ip` of iproute2. Programs there pass on
/// the connections of a test, whose sockets are on this side.
final class OtherMachine implements AutoCloseable {
    private final String name = "dray" + ProcessHandle.current().pid();
    private final String prefix = "198.18.%d.%d"
            .formatted(
                    ProcessHandle.current().pid() / 64 % 256,
                    ProcessHandle.current().pid() % 64 * 4);
    private final List<Process> programs = new ArrayList<>();

    /// Sets the other machine up.
    ///
    /// @throws IOException with what `ip` said, where there can be none
    OtherMachine() throws IOException {
        try {
            ip("netns", "add", name);
            ip("link", "add", name, "type", "veth", "peer", "name", "cable", "netns", name);
            ip("addr", "add", here() + "/30", "dev", name);
            ip("link", "set", name, "up");
            ip("-n", name, "addr", "add", there() + "/30", "dev", "cable");
            ip("-n", name, "link", "set", "cable", "up");
        } catch (IOException impossible) {
            close();
            throw impossible;
        }
    }

    private String address(int host) {
        int dot = prefix.lastIndexOf('.');
        return prefix.substring(0, dot + 1) + (Integer.parseInt(prefix.substring(dot + 1)) + host);
    }

    /// This machine's address, as the other one knows it.
    String here() {
        return address(1);
    }

    /// The other machine's address.
    String there() {
        return address(2);
    }

    /// Starts a program there that passes connections on to a port of this machine, which has to listen at [#here()].
    ///
    /// @return the port at [#there()] that it listens on
    int forwardTo(int port) throws IOException {
        var command = List.of(
                "ip",
                "netns",
                "exec",
                name,
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                Path.of("target/test-classes").toAbsolutePath().toString(),
                Forwarder.class.getName(),
                there(),
                here(),
                "" + port);
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        programs.add(program);
        try (BufferedReader said = program.inputReader(StandardCharsets.US_ASCII)) {
            String line = said.readLine();
            if (line == null) {
                throw new IOException("the other machine's program did not start");
            }
            return Integer.parseInt(line);
        }
    }

    /// A client whose bytes come to this machine from the other one.
    ///
    /// @param forwarded port that [#forwardTo(int)] gave
    RawClient client(int forwarded) throws IOException {
        return RawClient.over(socket(forwarded));
    }

    /// The connection of such a client.
    Socket socket(int forwarded) throws IOException {
        return new Socket(InetAddress.getByName(there()), forwarded);
    }

    /// From now on the other machine hears, but nothing it says arrives.
    void unplug() throws IOException {
        ip("-n", name, "route", "add", "blackhole", here() + "/32");
    }

    void plugIn() throws IOException {
        ip("-n", name, "route", "del", "blackhole", here() + "/32");
    }

    private static void ip(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    @Override
    public void close() throws IOException {
        programs.forEach(Process::destroyForcibly);
        for (List<String> gone : List.of(List.of("link", "del", name), List.of("netns", "del", name))) {
            try {
                ip(gone.toArray(String[]::new));
            } catch (IOException neverThere) {
                // It could not be made either.
            }
        }
    }
}
