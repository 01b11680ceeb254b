package dev.dray.adapter.modelclient;

import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// One form framed as `multipart/form-data` (RFC 7578), its length known before a byte is written.
///
/// Names are written as browsers do (WHATWG, "multipart/form-data encoding algorithm"): in UTF-8, with
/// quotes and line breaks percent-encoded, so that no name ends its own field. No content is searched
/// for the boundary: 128 random bits, new for each request, are not guessed.
final class MultipartForm {
    private static final int BOUNDARY_BYTES = 16;

    /// More than any upload; sums of lengths below it stay far from an overflow.
    private static final long LONGEST_PART = 1L << 50;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final String boundary;
    private final List<Framed> parts = new ArrayList<>();
    private final Bytes closing;
    private final long length;

    /// A part with the bytes that stand before its content.
    private record Framed(FormPart part, Bytes opening, Bytes text, long contentLength) {}

    private MultipartForm(List<FormPart> form, String boundary) throws CallException {
        this.boundary = boundary;
        String delimiter = "--" + boundary + "\r\n";
        long sum = 0;
        for (FormPart part : form) {
            Framed framed = framed(delimiter, part);
            parts.add(framed);
            sum += framed.opening().length() + framed.contentLength();
            delimiter = "\r\n--" + boundary + "\r\n";
        }
        closing = Bytes.utf8("\r\n--" + boundary + "--\r\n");
        length = sum + closing.length();
    }

    /// Frames a form with a boundary of its own.
    ///
    /// @throws CallException if what the plugin promises cannot be sent
    static MultipartForm of(List<FormPart> form, SecureRandom random) throws CallException {
        byte[] bits = new byte[BOUNDARY_BYTES];
        random.nextBytes(bits);
        return new MultipartForm(form, "dray-" + HexFormat.of().formatHex(bits));
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /// Bytes in total.
    long length() {
        return length;
    }

    /// Writes the form, file by file as they produce their bytes.
    ///
    /// @throws CallException if a file does not keep what it promised
    void writeTo(FormStream out) throws IOException {
        for (Framed framed : parts) {
            out.own(framed.opening());
            switch (framed.part()) {
                case FormPart.Text _ -> out.own(framed.text());
                case FormPart.File file -> out.content(file, framed.contentLength());
            }
        }
        out.own(closing);
        out.send();
    }

    private static Framed framed(String delimiter, FormPart part) throws CallException {
        String opening = delimiter + "Content-Disposition: form-data; name=\"" + quoted(part.name()) + "\"";
        return switch (part) {
            case FormPart.Text(String _, String value) -> {
                Bytes text = Bytes.utf8(value);
                yield new Framed(part, Bytes.utf8(opening + "\r\n\r\n"), text, text.length());
            }
            case FormPart.File file -> {
                String more = "; filename=\"" + quoted(file.fileName()) + "\"\r\nContent-Type: " + type(file);
                yield new Framed(part, Bytes.utf8(opening + more + "\r\n\r\n"), Bytes.EMPTY, promised(file));
            }
        };
    }

    private static String type(FormPart.File file) throws CallException {
        if (!HeadWriter.isValue(file.contentType())) {
            throw FormStream.fault(
                    file, "has a content type that no header can hold; expected one such as image/png", null);
        }
        return file.contentType();
    }

    private static long promised(FormPart.File file) throws CallException {
        long promised;
        try {
            promised = file.content().length();
        } catch (Throwable fault) { // The plugin boundary: whatever foreign code throws becomes its own fault.
            throw FormStream.fault(file, "could not say its length", fault);
        }
        if (promised < 0 || promised > LONGEST_PART) {
            throw FormStream.fault(file, "has a length of " + promised + " bytes; expected 0 or more", null);
        }
        return promised;
    }

    private static String quoted(String name) {
        StringBuilder quoted = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter < ' ' || letter == '"' || letter == 0x7f) {
                quoted.append('%').append(HEX.toHexDigits((byte) letter));
            } else {
                quoted.append(letter);
            }
        }
        return quoted.toString();
    }
}
