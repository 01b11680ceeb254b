package dev.dray.adapter.modelclient;

import dev.dray.fuzz.Promise;
import dev.dray.model.FormPart;
import dev.dray.model.PartContent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A form has as many parts as it was given, each with its content, whatever stands in names, types and contents.
public final class FormFuzz {
    private static final int MAX_PART = 2_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Wire WIRE = Wire.open();

    private FormFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        List<FormPart> parts = parts(input);
        if (parts.isEmpty()) {
            return;
        }
        MultipartForm form;
        try {
            form = MultipartForm.of(parts, RANDOM);
        } catch (CallException refused) {
            boolean bad = parts.stream()
                    .anyMatch(part -> part instanceof FormPart.File file && !HeadWriter.isValue(file.contentType()));
            Promise.hold(bad, "only a content type that no header can hold is refused");
            return;
        }
        form.writeTo(new FormStream(WIRE.near, WIRE.flight));
        String sent =
                new String(WIRE.far.getInputStream().readNBytes((int) form.length()), StandardCharsets.ISO_8859_1);
        String boundary = form.contentType().replaceFirst(".*boundary=", "");
        String[] pieces = ("\r\n" + sent).split("\r\n--" + boundary, -1);
        Promise.same(pieces.length, parts.size() + 2, "there are as many parts as were given");
        Promise.same(pieces[0], "", "nothing stands before the first part");
        Promise.same(pieces[pieces.length - 1], "--\r\n", "the form is closed");
        for (int i = 0; i < parts.size(); i++) {
            compare(parts.get(i), pieces[i + 1]);
        }
    }

    private static void compare(FormPart part, String piece) {
        int head = piece.indexOf("\r\n\r\n");
        Promise.hold(piece.startsWith("\r\n") && head > 0, "a part has a head");
        String[] lines = piece.substring(2, head).split("\r\n", -1);
        String content =
                new String(piece.substring(head + 4).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        switch (part) {
            case FormPart.Text text -> {
                Promise.same(lines.length, 1, "a text has one line of head");
                Promise.hold(
                        lines[0].matches("Content-Disposition: form-data; name=\"[^\"\r\n]*\""),
                        "a name ends where it does");
                Promise.same(content, utf8(text.value()), "a text is the same");
            }
            case FormPart.File file -> {
                Promise.same(lines.length, 2, "a file has two lines of head");
                Promise.hold(
                        lines[0].matches(
                                "Content-Disposition: form-data; name=\"[^\"\r\n]*\"; filename=\"[^\"\r\n]*\""),
                        "names end where they do");
                Promise.same(content, utf8(file.fileName()), "a file is the same");
            }
        }
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /// Parts are between bytes 0xff, which UTF-8 has not: an odd one is a file with its own name as content.
    private static List<FormPart> parts(byte[] input) {
        var parts = new ArrayList<FormPart>();
        String all = new String(input, StandardCharsets.UTF_8);
        for (String piece : all.split("\ufffd", -1)) {
            if (piece.isBlank() || piece.length() > MAX_PART || parts.size() == 4) {
                continue;
            }
            boolean isFile = piece.charAt(0) == 'f';
            parts.add(
                    isFile ? new FormPart.File(piece, piece, piece, content(piece)) : new FormPart.Text(piece, piece));
        }
        return parts;
    }

    private static PartContent content(String text) {
        return PartContent.of(dev.dray.model.Bytes.utf8(text));
    }

    /// One connection that all forms are sent over.
    private record Wire(Connection near, Socket far, Flight flight) {
        static Wire open() {
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                var near = new Connection();
                near.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()),
                        Origin.of(URI.create("http://127.0.0.1:" + server.getLocalPort())),
                        null);
                Duration none = Duration.ZERO;
                var limits = new dev.dray.port.outbound.ModelCall.TimeOuts(none, none, none, none);
                return new Wire(near, server.accept(), new Flight(() -> 0, limits, () -> {}));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
