package dev.dray.adapter.modelclient;

import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import dev.dray.model.HeaderField;
import dev.dray.port.outbound.ModelBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Writes requests to one origin: the head and a small body in one write, a large body from the array it
/// came in, a form as its files produce their bytes.
final class RequestSender {
    private final byte[] sameInEachRequest;
    private final Set<String> fixedNames = new HashSet<>();
    private final ForwardedHeaders forwarded;
    private final SecureRandom boundaries = new SecureRandom();

    /// What the head says of the body.
    ///
    /// @param type empty for none
    private record Content(String type, long length) {}

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
    ///
    /// @throws CallException if a plugin's part of the body is at fault
    void send(Connection connection, Outgoing request, Flight flight) throws IOException {
        connection.beginRequest();
        switch (request.body()) {
            case ModelBody.Whole whole -> send(connection, request, whole, flight);
            case ModelBody.Form(List<FormPart> parts) -> {
                MultipartForm form = MultipartForm.of(parts, boundaries);
                HeadWriter head = head(request, new Content(form.contentType(), form.length()), connection.buffer());
                FormStream out = new FormStream(connection, flight);
                out.own(new Bytes(head.bytes(), 0, head.length()));
                form.writeTo(out);
            }
        }
    }

    private void send(Connection connection, Outgoing request, ModelBody.Whole whole, Flight flight)
            throws IOException {
        Bytes body = whole.bytes();
        HeadWriter head = head(request, new Content(whole.contentType(), body.length()), connection.buffer());
        int withHead = Math.min(head.room(), body.length());
        head.raw(body.array(), body.offset(), withHead);
        connection.write(head.bytes(), 0, head.length(), flight);
        connection.write(body.array(), body.offset() + withHead, body.length() - withHead, flight);
    }

    private HeadWriter head(Outgoing request, Content body, byte[] scratch) {
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
        if (!body.type().isEmpty()) {
            head.field("Content-Type", body.type());
        }
        if (body.length() > 0
                || !(request.method().equals("GET") || request.method().equals("HEAD"))) {
            head.text("Content-Length: ").text(Long.toString(body.length())).text("\r\n");
        }
        return head.text("\r\n");
    }
}
