package dev.dray.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.port.outbound.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// What a client of the platform does: asks the control plane for a worker, then sends it a signed request and reads
/// the stream.
///
/// @param http         the client to use
/// @param controlPlane address of the control plane
/// @param ticker       monotonic time
public record DemoClient(HttpClient http, String controlPlane, Ticker ticker) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// A streamed answer in figures.
    ///
    /// @param tokens            tokens received
    /// @param firstTokenSeconds from the request's start to the first token
    /// @param tokensPerSecond   rate from the first token to the last
    public record Summary(int tokens, double firstTokenSeconds, double tokensPerSecond) {}

    /// Signed permission to send one request; empty text of `url` where no worker is ready.
    public ObjectNode route(double cost) throws IOException, InterruptedException {
        ObjectNode question = JSON.createObjectNode()
                .put("endpoint", "local")
                .put("api_key", "local")
                .put("cost", cost)
                .put("request_idx", 0);
        JsonNode answer = JSON.readTree(post(controlPlane + "/route/", question.toString()));
        if (answer instanceof ObjectNode object) {
            return object;
        }
        throw new IOException("the control plane's answer to /route/ is not an object: " + answer);
    }

    /// Sends a chat request and hands on each token as it comes.
    ///
    /// @throws IOException if the worker answers anything but 200; the message holds its answer
    public Summary chat(ObjectNode authData, int maxTokens, Consumer<String> token)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(authData.path("url").asText() + "/v1/chat/completions"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(envelope(authData, maxTokens)))
                .build();
        long started = ticker.nanos();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("the worker answered %d: %s"
                        .formatted(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8)));
            }
            return read(body, started, token);
        }
    }

    private Summary read(InputStream body, long started, Consumer<String> token) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        int tokens = 0;
        long first = started;
        long last = started;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (!line.startsWith("data: {")) {
                continue;
            }
            String text = JSON.readTree(line.substring("data: ".length()))
                    .path("choices")
                    .path(0)
                    .path("delta")
                    .path("content")
                    .asText("");
            if (!text.isEmpty()) {
                last = ticker.nanos();
                first = tokens == 0 ? last : first;
                tokens++;
                token.accept(text);
            }
        }
        double seconds = (last - first) / 1e9;
        return new Summary(tokens, (first - started) / 1e9, seconds > 0 ? (tokens - 1) / seconds : 0);
    }

    /// The body of a signed chat request, as a client of the platform sends it.
    public static String envelope(ObjectNode authData, int maxTokens) {
        ObjectNode root = JSON.createObjectNode();
        root.set("auth_data", authData);
        ObjectNode payload = root.putObject("payload");
        payload.put("model", "demo");
        payload.putArray("messages").addObject().put("role", "user").put("content", "What does a dray carry?");
        payload.put("max_tokens", maxTokens).put("stream", true);
        root.putNull("session_id");
        return root.toString();
    }

    /// The text behind a metric's name and labels on a Prometheus page.
    public OptionalDouble metric(String admin, String series) throws IOException, InterruptedException {
        return get(admin + "/metrics")
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst();
    }

    /// The status of a GET; 0 where nobody answers.
    public int probe(String url) throws InterruptedException {
        try {
            return http.send(getRequest(url), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException nobody) {
            return 0;
        }
    }

    private String get(String url) throws IOException, InterruptedException {
        return http.send(getRequest(url), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static HttpRequest getRequest(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    }

    private String post(String url, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
