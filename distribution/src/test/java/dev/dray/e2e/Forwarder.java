package dev.dray.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A program that passes connections on, for [OtherMachine]: listens at an address, connects to another for each
/// client. Says on which port it listens; ends with its standard input.
final class Forwarder {
    private Forwarder() {}

    /// Passes on until its standard input ends.
    ///
    /// @param arguments address to listen at, address and port to connect to
    public static void main(String[] arguments) throws IOException {
        InetAddress here = InetAddress.getByName(arguments[0]);
        InetAddress there = InetAddress.getByName(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        var server = new ServerSocket(0, 200, here);
        Thread.ofPlatform().daemon().start(() -> accept(server, there, port));
        System.out.println(server.getLocalPort());
        while (System.in.read() >= 0) {
            // Nobody says anything; the end is that of the test.
        }
    }

    private static void accept(ServerSocket server, InetAddress there, int port) {
        while (true) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> forward(client, there, port));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void forward(Socket client, InetAddress there, int port) {
        try (client;
                var target = new Socket(there, port)) {
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> copy(target, client));
            copy(client, target);
            back.join();
        } catch (IOException gone) {
            // Both ends are closed.
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is.
        }
    }
}
