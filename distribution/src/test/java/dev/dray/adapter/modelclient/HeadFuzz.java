package dev.dray.adapter.modelclient;

import dev.dray.fuzz.Promise;
import dev.dray.model.HeaderField;
import java.nio.charset.StandardCharsets;

/// A response head is refused, or understood such that it can be written again without becoming another one.
public final class HeadFuzz {
    private HeadFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        int end = HeadParser.endOfHead(input, 0, input.length);
        Promise.same(endBytewise(input), end, "a head ends at the same place however it comes");
        if (end < 0) {
            return;
        }
        try {
            ParsedHead head = HeadParser.parse(input, 0, end);
            Promise.hold(head.status() >= 100 && head.status() <= 599, "a status is one");
            Promise.hold(!head.chunked() || head.length() == ParsedHead.NO_LENGTH, "a body has one length");
            head.endToEnd().forEach(HeadFuzz::requireSafe);
            requireSame(head, again(head));
        } catch (CallException refused) {
            Promise.hold(!String.valueOf(refused.getMessage()).isBlank(), "who refuses says why");
        }
    }

    // As a reader searches that has been given one byte more each time.
    private static int endBytewise(byte[] input) {
        for (int known = 1; known <= input.length; known++) {
            int end = HeadParser.endOfHead(input, Math.max(0, known - 4), known);
            if (end >= 0) {
                return end;
            }
        }
        return -1;
    }

    private static void requireSafe(HeaderField field) {
        Promise.hold(HeadWriter.isName(field.name()), "a name is a token");
        Promise.hold(HeadWriter.isValue(field.value()), "a value is one line");
        Promise.hold(
                !field.is("Transfer-Encoding") && !field.is("Connection"), "what is of one connection stays there");
    }

    private static ParsedHead again(ParsedHead head) throws CallException {
        var text = new StringBuilder("HTTP/1.1 " + head.status() + " \r\n");
        head.endToEnd().forEach(field -> text.append(field.name() + ": " + field.value() + "\r\n"));
        byte[] bytes = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        Promise.same(HeadParser.endOfHead(bytes, 0, bytes.length), bytes.length, "a head ends where it ends");
        return HeadParser.parse(bytes, 0, bytes.length);
    }

    private static void requireSame(ParsedHead head, ParsedHead again) {
        Promise.same(again.status(), head.status(), "the status is the same");
        Promise.same(again.endToEnd(), head.endToEnd(), "the fields are the same");
        Promise.same(again.length(), head.length(), "the length is the same");
    }
}
