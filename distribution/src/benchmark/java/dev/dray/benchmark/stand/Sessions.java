package dev.dray.benchmark.stand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sessions that are open at a worker.
public final class Sessions implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"session_id\": ?\"([^\"]+)\"");

    private final String url;
    private final String authData;
    private final List<String> ids = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Sessions(String url, String authData) {
        this.url = url;
        this.authData = authData;
    }

    public static Sessions open(Contender worker, Asking asking, int count) throws IOException {
        var address = worker.address();
        var sessions = new Sessions(
                "http://%s:%d".formatted(address.getHostString(), address.getPort()),
                asking.authData(asking.workUrl()));
        for (int i = 0; i < count; i++) {
            sessions.open();
        }
        return sessions;
    }

    private void open() throws IOException {
        String answer =
                post("/session/create", "{\"auth_data\": %s, \"payload\": {\"lifetime\": 3600}}".formatted(authData));
        Matcher id = ID.matcher(answer);
        if (!id.find()) {
            throw new IOException("no session was opened; the worker answered " + answer);
        }
        ids.add(id.group(1));
    }

    public List<String> ids() {
        return ids;
    }

    private String post(String path, String body) throws IOException {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(url + path))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a session was opened or closed", interrupted);
        }
    }

    /// Ends them all.
    @Override
    public void close() {
        try {
            for (String id : ids) {
                post("/session/end", "{\"session_id\": \"%s\", \"session_auth\": %s}".formatted(id, authData));
            }
        } catch (IOException gone) {
            throw new UncheckedIOException("the sessions could not be ended", gone);
        } finally {
            http.close();
        }
    }
}
