package dev.dray.benchmark.stand;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waits for a process of the stand to come up, and says what it printed if it does not.
final class Readiness {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(1);

    private Readiness() {}

    /// Something that may not be so yet.
    interface Question {
        boolean ask() throws IOException;
    }

    /// When the port took a connection, of `System.nanoTime`.
    static long listening(Child child, int port) throws IOException {
        return await(child, "listens on port " + port, () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return true;
            }
        });
    }

    /// When a GET was answered 200, of `System.nanoTime`.
    static long answers(Child child, String url) throws IOException {
        return await(child, "answers 200 at " + url, () -> {
            var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
            return connection.getResponseCode() == 200;
        });
    }

    static long await(Child child, String what, Question question) throws IOException {
        long began = System.nanoTime();
        while (!isSo(question)) {
            child.mustBeAlive();
            if (System.nanoTime() - began > PATIENCE) {
                throw new IOException(
                        "it is not so after 60 s that it %s; it printed:%n%s".formatted(what, child.lastLines()));
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
        return System.nanoTime();
    }

    private static boolean isSo(Question question) {
        try {
            return question.ask();
        } catch (IOException notYet) {
            return false;
        }
    }
}
