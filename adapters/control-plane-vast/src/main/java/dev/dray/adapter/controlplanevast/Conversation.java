package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Endpoint.RefusedException;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Posts to one path of the platform, at the first address that takes it. Used by one thread at a time.
final class Conversation {
    private final List<Endpoint> endpoints;
    private final HttpClient client;
    private final Pace pace;
    private final Retry retry;
    // Stays with the address that answered last: a dead one costs seconds each time it is tried.
    private int preferred;

    Conversation(List<String> addresses, String path, HttpClient client, Pace pace) {
        this.endpoints =
                addresses.stream().map(address -> new Endpoint(address, path)).toList();
        this.client = client;
        this.pace = pace;
        this.retry = Retry.of(
                path,
                RetryConfig.custom()
                        .maxAttempts(pace.attempts())
                        .waitDuration(pace.attemptPause())
                        .retryOnException(Conversation::mayPass)
                        .build());
    }

    /// Posts, with several attempts at each address. The message is made anew for each attempt.
    <M extends Message> Delivery<M> post(Supplier<M> message) {
        return toFirst(endpoint -> retry.executeSupplier(() -> send(endpoint, message.get(), pace.timeOut())));
    }

    /// Posts with one attempt at each address; all share the time.
    <M extends Message> Delivery<M> postOnce(Supplier<M> message, Duration timeOut) {
        Duration share = timeOut.dividedBy(Math.max(1, endpoints.size()));
        return toFirst(endpoint -> send(endpoint, message.get(), share));
    }

    private static boolean mayPass(Throwable failure) {
        return failure instanceof UncheckedIOException && !(failure.getCause() instanceof InterruptedIOException);
    }

    private <M extends Message> Delivery<M> toFirst(Post<M> post) {
        var last = new Delivery<M>("", Optional.empty(), Optional.of(new IOException("no address")));
        for (int i = 0; i < endpoints.size(); i++) {
            int index = (preferred + i) % endpoints.size();
            Endpoint endpoint = endpoints.get(index);
            try {
                M taken = post.to(endpoint);
                preferred = index;
                return new Delivery<>(endpoint.address(), Optional.of(taken), Optional.empty());
            } catch (UncheckedIOException e) {
                last = new Delivery<>(endpoint.address(), Optional.empty(), Optional.ofNullable(e.getCause()));
            }
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        return last;
    }

    private <M extends Message> M send(Endpoint endpoint, M message, Duration timeOut) {
        HttpRequest request = endpoint.request()
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(message.json(), StandardCharsets.US_ASCII))
                .timeout(timeOut)
                .build();
        return endpoint.exchange(client, request, HttpResponse.BodyHandlers.discarding(), _ -> message);
    }

    /// Something that can be posted.
    interface Message {
        /// ASCII text.
        String json();
    }

    @FunctionalInterface
    private interface Post<M> {
        M to(Endpoint endpoint);
    }

    /// What became of a message.
    ///
    /// @param address where it was taken, or tried last
    /// @param taken   the message as it was acknowledged; empty where it was not
    /// @param failure what the last address said
    record Delivery<M>(String address, Optional<M> taken, Optional<IOException> failure) {
        /// Whether the platform has read the message and will not take it, however often it is sent.
        boolean isRefused() {
            return failure.map(cause -> cause instanceof RefusedException refused && refused.isFinal())
                    .orElse(false);
        }
    }
}
