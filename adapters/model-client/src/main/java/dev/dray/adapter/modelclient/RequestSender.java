package dev.dray.adapter.modelclient;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelBody.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Writes requests to one origin: the head and a small body in one write, a large body from the array
/// it came in.
final class RequestSender {
    private final byte[] sameInEachRequest;
    private final Set<String> fixedNames = new HashSet<>();
    private final ForwardedHeaders forwarded;

    /// @param fixed fields added to each request, instead of the client's of the same names
    RequestSender(Origin origin, String version, List<HeaderField> fixed, ForwardedHeaders forwarded) {
        this.forwarded = forwarded;
        HeadWriter writer = new HeadWriter(new byte[256])
                .text(" HTTP/1.1\r\n")
                .field("Host", origin.authority())
                .field("User-Agent", "dray/" + version);
        for (HeaderField field : fixed) {
            writer.field(field);
            fixedNames.add(field.name().toLowerCase(Locale.ROOT));
        }
        sameInEachRequest = new String(writer.bytes(), 0, writer.length(), StandardCharsets.ISO_8859_1)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Sends a request on a connection that has read all of the response before.
    void send(Connection connection, Outgoing request, Flight flight) throws IOException {
        connection.beginRequest();
        Whole whole = whole(request.body());
        HeadWriter head = head(request, whole, connection.buffer());
        Bytes body = whole.bytes();
        int withHead = Math.min(head.room(), body.length());
        head.raw(body.array(), body.offset(), withHead);
        connection.write(head.bytes(), 0, head.length(), flight);
        connection.write(body.array(), body.offset() + withHead, body.length() - withHead, flight);
    }

    private static Whole whole(ModelBody body) throws IOException {
        return switch (body) {
            case Whole bytes -> bytes;
            case ModelBody.Form _ -> throw new IOException("forms are not sent yet");
        };
    }

    private HeadWriter head(Outgoing request, Whole body, byte[] scratch) {
        HeadWriter head = new HeadWriter(scratch)
                .text(request.method())
                .text(" ")
                .target(request.target())
                .raw(sameInEachRequest, 0, sameInEachRequest.length);
        boolean codingAsked = false;
        for (HeaderField field : request.clientHeaders()) {
            if (field.is("Accept-Encoding")) {
                codingAsked = true;
                head.field(field);
            } else if (forwarded.pass(field)
                    && !fixedNames.contains(field.name().toLowerCase(Locale.ROOT))) {
                head.field(field);
            }
        }
        if (!codingAsked) {
            head.text("Accept-Encoding: identity\r\n");
        }
        if (!body.contentType().isEmpty()) {
            head.field("Content-Type", body.contentType());
        }
        int bodyBytes = body.bytes().length();
        if (bodyBytes > 0
                || !(request.method().equals("GET") || request.method().equals("HEAD"))) {
            head.text("Content-Length: ").text(Integer.toString(bodyBytes)).text("\r\n");
        }
        return head.text("\r\n");
    }
}
