package dev.dray.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/// Somebody who listens to the events of a worker, as a browser does.
final class LiveEvents implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<?> response;
    private final BufferedReader lines;

    /// @param adminPort of the worker
    LiveEvents(int adminPort) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/events"))
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        this.response = answer;
        this.lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    int status() {
        return response.statusCode();
    }

    String contentType() {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    String line() throws IOException {
        return Optional.ofNullable(lines.readLine()).orElse("(the end)");
    }

    /// The next event of a kind that fits; empty where the events end before.
    Optional<JsonNode> next(String kind, Predicate<JsonNode> fits) throws IOException {
        String current = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                current = line.substring("event: ".length());
            } else if (line.startsWith("data: ") && current.equals(kind)) {
                JsonNode content = Json.read(line.substring("data: ".length()));
                if (fits.test(content)) {
                    return Optional.of(content);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
