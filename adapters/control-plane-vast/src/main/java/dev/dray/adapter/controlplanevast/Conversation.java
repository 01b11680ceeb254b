package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Endpoint.RefusedException;
import dev.dray.port.outbound.Ticker;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
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
    private final PlatformClient client;
    private final Ticker ticker;
    private final Pace pace;
    private final Retry retry;
    private final LineState state = new LineState();
    // Stays with the address that answered last, as a dead one costs seconds each time it is tried; but the first
    // is the one that is meant to be asked.
    private int preferred;
    // When the first address was tried last, or given up.
    private long firstTriedNanos;

    Conversation(List<String> addresses, String path, PlatformClient client, Timekeeper time) {
        this.endpoints =
                addresses.stream().map(address -> new Endpoint(address, path)).toList();
        this.client = client;
        this.ticker = time.ticker();
        this.pace = time.pace();
        this.retry = Retry.of(
                path,
                RetryConfig.custom()
                        .maxAttempts(pace.attempts())
                        .waitDuration(pace.attemptPause())
                        .retryOnException(Conversation::mayPass)
                        .build());
        state.watch(retry);
    }

    /// Posts, with several attempts at each address. The message is made anew for each attempt.
    <M extends Message> Delivery<M> post(Supplier<M> message) {
        if (isFirstDue()) {
            // One attempt: it is only a question, and the address that answers is waiting.
            firstTriedNanos = ticker.nanos();
            Delivery<M> back = to(0, endpoint -> send(endpoint, message.get(), pace.timeOut()));
            if (back.taken().isPresent()) {
                return ended(back);
            }
        }
        return ended(toFirst(endpoint -> retry.executeSupplier(() -> send(endpoint, message.get(), pace.timeOut()))));
    }

    /// Posts with one attempt at each address; all share the time.
    <M extends Message> Delivery<M> postOnce(Supplier<M> message, Duration timeOut) {
        Duration share = timeOut.dividedBy(Math.max(1, endpoints.size()));
        return ended(toFirst(endpoint -> send(endpoint, message.get(), share)));
    }

    /// How it goes; any thread may ask.
    PlatformStatus.Line line() {
        return state.line();
    }

    private <M extends Message> Delivery<M> ended(Delivery<M> delivery) {
        state.ended(delivery.taken().isPresent());
        return delivery;
    }

    private boolean isFirstDue() {
        return preferred != 0
                && ticker.nanos() - firstTriedNanos >= pace.firstAgain().toNanos();
    }

    private static boolean mayPass(Throwable failure) {
        return failure instanceof UncheckedIOException && !(failure.getCause() instanceof InterruptedIOException);
    }

    private <M extends Message> Delivery<M> toFirst(Post<M> post) {
        var last = new Delivery<M>("", Optional.empty(), Optional.of(new IOException("no address")));
        int from = preferred;
        for (int i = 0; i < endpoints.size(); i++) {
            last = to((from + i) % endpoints.size(), post);
            if (last.taken().isPresent() || Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        return last;
    }

    private <M extends Message> Delivery<M> to(int index, Post<M> post) {
        Endpoint endpoint = endpoints.get(index);
        try {
            M taken = post.to(endpoint);
            if (preferred == 0 && index != 0) {
                firstTriedNanos = ticker.nanos();
            }
            preferred = index;
            return new Delivery<>(endpoint.address(), Optional.of(taken), Optional.empty());
        } catch (UncheckedIOException e) {
            return new Delivery<>(endpoint.address(), Optional.empty(), Optional.ofNullable(e.getCause()));
        }
    }

    private <M extends Message> M send(Endpoint endpoint, M message, Duration timeOut) {
        HttpRequest request = endpoint.request()
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(message.json(), StandardCharsets.US_ASCII))
                .timeout(timeOut)
                .build();
        return endpoint.exchange(client.get(), request, HttpResponse.BodyHandlers.discarding(), _ -> message);
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
