package dev.dray.adapter.controlplanevast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// An autoscaler on a real socket that writes down what it is told.
final class FakeAutoscaler implements AutoCloseable {
    static final VastSigner SIGNER = VastSigner.generate();
    final List<JsonNode> reports = new CopyOnWriteArrayList<>();
    final List<JsonNode> deliveries = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<String> keyFetches = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    volatile boolean silent;
    volatile Predicate<String> refuses = _ -> false;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;

    FakeAutoscaler() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/pubkey/", exchange -> {
            keyFetches.add(exchange.getRequestMethod());
            answer(exchange, status, SIGNER.publicKeyPem());
        });
        server.createContext("/worker_status/", exchange -> take(exchange, reports));
        server.createContext("/delete_requests/", exchange -> take(exchange, deliveries));
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    JsonNode lastReport() {
        return reports.getLast();
    }

    /// All `request_idx` delivered, in order.
    List<String> delivered() {
        return deliveries.stream()
                .flatMap(delivery -> delivery.get("requests").valueStream())
                .map(request -> request.get("request_idx").toString())
                .toList();
    }

    private void take(HttpExchange exchange, List<JsonNode> taken) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int answer = refuses.test(body) ? 400 : status;
        if (answer / 100 == 2 && !silent) {
            bodies.add(body);
            taken.add(new ObjectMapper().readTree(body));
        } else {
            refused.add(body);
        }
        answer(exchange, answer, "ignored");
    }

    private void answer(HttpExchange exchange, int answer, String body) throws IOException {
        if (silent) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
