package dev.dray.adapter.httpserver;

import dev.dray.model.ErrorSource;
import dev.dray.port.exchange.Reply;
import java.util.Set;

/// The answers a listener gives by itself, before or instead of the gate.
final class ErrorReply {
    private static final Reply NOT_FOUND = Reply.text(404, "404: Not Found");

    private ErrorReply() {}

    static Reply notFound() {
        return NOT_FOUND;
    }

    static Reply methodNotAllowed(Set<String> allowed) {
        return Reply.text(405, "405: Method Not Allowed")
                .with("Allow", String.join(", ", allowed.stream().sorted().toList()));
    }

    static Reply bodyTooLarge(long limit) {
        return of(
                413,
                ErrorSource.CLIENT,
                "body-too-large",
                "The request body is larger than " + limit + " bytes; send less, or raise limits.body.");
    }

    static Reply inflatedTooFar(int ratio) {
        return of(
                413,
                ErrorSource.CLIENT,
                "body-too-large",
                "The gzip body inflates to more than " + ratio + " times its size; send it uncompressed.");
    }

    static Reply notGzip() {
        return of(
                400,
                ErrorSource.CLIENT,
                "invalid-encoding",
                "The body is not the gzip that its Content-Encoding says; send valid gzip, or no Content-Encoding.");
    }

    static Reply notChunks() {
        return of(
                400,
                ErrorSource.CLIENT,
                "bad-request",
                "The body is not in the chunks that its head announces; send valid chunks without extensions and"
                        + " trailers, or Content-Length.");
    }

    static Reply unknownEncoding() {
        return of(
                415,
                ErrorSource.CLIENT,
                "unsupported-encoding",
                "Content-Encoding of the body is not supported; allowed are gzip and identity.");
    }

    static Reply badRequest(int status) {
        return of(
                status,
                ErrorSource.CLIENT,
                "bad-request",
                "The head of the request is not valid HTTP, or too long; up to 16 KiB of headers are read.");
    }

    static Reply buffersFull() {
        return of(
                        503,
                        ErrorSource.WORKER,
                        "buffers-full",
                        "Too many large bodies are held at this moment; send the request again later.")
                .with("Retry-After", "1");
    }

    static Reply fault() {
        return of(500, ErrorSource.WORKER, "worker-fault", "The worker failed on this request; its log says how.");
    }

    static Reply unanswered() {
        return of(500, ErrorSource.WORKER, "worker-fault", "The worker ended this request without an answer.");
    }

    /// The texts are our own and need no escaping.
    private static Reply of(int status, ErrorSource source, String code, String message) {
        return Reply.json(
                        status,
                        "{\"error\": {\"code\": \"" + code + "\", \"message\": \"" + message + "\", \"source\": \""
                                + source.word() + "\"}}")
                .with("X-Dray-Error-Source", source.word());
    }
}
