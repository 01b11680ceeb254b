package dev.dray.adapter.controlplanevast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;

/// Asks each address once for the public key. Follows no redirect: the key is what all trust hangs on.
final class KeyFetch {
    private static final long MAX_BYTES = 65_536;

    private final List<Endpoint> endpoints;
    private final Duration timeOut;

    KeyFetch(List<String> addresses, Duration timeOut) {
        this.endpoints = addresses.stream()
                .map(address -> new Endpoint(address, "/pubkey/"))
                .toList();
        this.timeOut = timeOut;
    }

    /// The key of the first address that has one.
    ///
    /// @throws UncheckedIOException if none has
    PublicKey fetch() {
        // Made for each fetch: it is needed once in a process's life, and its threads would stay.
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeOut)
                .build()) {
            var failure = new UncheckedIOException(new IOException("no address gave a public key"));
            for (Endpoint endpoint : endpoints) {
                try {
                    return fetch(client, endpoint);
                } catch (UncheckedIOException e) {
                    failure.addSuppressed(e);
                }
            }
            throw failure;
        }
    }

    private PublicKey fetch(HttpClient client, Endpoint endpoint) {
        HttpRequest request = endpoint.request().timeout(timeOut).build();
        var body = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MAX_BYTES);
        return endpoint.exchange(client, request, body, KeyFetch::parse);
    }

    private static PublicKey parse(String text) throws IOException {
        try {
            return PublicKeyText.parse(text);
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
