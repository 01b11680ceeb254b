package dev.dray.benchmark.stand;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dray.adapter.controlplanevast.VastSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// The platform as a worker sees it: gives out the key, and takes reports and outcomes as long as they come.
public final class Platform implements AutoCloseable {
    private final HttpServer server;
    private final VastSigner signer = VastSigner.generate();
    private final Map<String, String> signatures = new ConcurrentHashMap<>();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();

    /// A report of a worker.
    ///
    /// @param nanos when it came, of `System.nanoTime`
    public record Report(long nanos, String text) {
        /// Whether it says that the model is loaded and serves.
        public boolean isReady() {
            return !text.matches("(?s).*\"loadtime\": ?(null|0|0\\.0)[,}].*") && text.contains("\"loadtime\"");
        }
    }

    private Platform(HttpServer server) {
        this.server = server;
    }

    public static Platform open() throws IOException {
        var platform = new Platform(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        platform.server.createContext("/", platform::answer);
        platform.server.start();
        return platform;
    }

    private void answer(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/worker_status/")) {
            reports.add(new Report(now, body));
        }
        byte[] answer = (path.startsWith("/pubkey/") ? signer.publicKeyPem() : "{\"success\": true}")
                .getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The same for the same URL, so it is made once.
    public String sign(String url) {
        return signatures.computeIfAbsent(url, signer::sign);
    }

    /// Reports in the order they came; whoever takes one is the only one to see it.
    public BlockingQueue<Report> reports() {
        return reports;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
