package dev.dray.adapter.httpserver;

import dev.dray.fuzz.Pieces;
import dev.dray.fuzz.Promise;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.regex.Pattern;

/// A request's chunks, asked for as Helidon asks, are what the grammar says (RFC 9112 §7.1, without extensions and
/// trailers), however they come, and no piece waits for the end of its chunk.
public final class RequestChunksFuzz {
    private static final Pattern SIZE = Pattern.compile("[0-9a-fA-F]{1,15}\r\n");

    private RequestChunksFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Pieces pieces = Pieces.of(input);
        Promise.same(ours(pieces), reference(pieces.whole()), "the body is the same");
    }

    private static String ours(Pieces pieces) {
        Deque<byte[]> coming = new ArrayDeque<>();
        pieces.each((array, offset, length) -> coming.add(Arrays.copyOfRange(array, offset, offset + length)));
        var reader = new Http1Bytes(coming::poll);
        var data = new ByteArrayOutputStream();
        try {
            int length = Integer.parseInt(reader.readLine(), 16);
            while (length > 0) {
                data.writeBytes(reader.readBuffer(length).readBytes());
                reader.skip(2);
                length = Integer.parseInt(reader.readLine(), 16);
            }
            Promise.same(reader.readLine(), "", "behind the last chunk stands an empty line");
            return "whole: " + data.toString(StandardCharsets.ISO_8859_1);
        } catch (InsufficientDataAvailableException more) {
            return "unfinished";
        } catch (IllegalArgumentException refused) {
            return "refused";
        }
    }

    private static String reference(byte[] whole) {
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        var data = new StringBuilder();
        int at = 0;
        while (true) {
            var matcher = SIZE.matcher(text).region(at, text.length());
            if (!matcher.lookingAt()) {
                return isPrefix(text.substring(at), "[0-9a-fA-F]{1,15}(\r)?") ? "unfinished" : "refused";
            }
            long size = Long.parseLong(matcher.group().strip(), 16);
            at = matcher.end();
            int there = (int) Math.min(size, text.length() - at);
            if (there < size) {
                return "unfinished";
            }
            data.append(text, at, at + there);
            at += there;
            if (!text.startsWith("\r\n", at)) {
                return isPrefix(text.substring(at), "\r") ? "unfinished" : "refused";
            }
            at += 2;
            if (size == 0) {
                return "whole: " + data;
            }
        }
    }

    private static boolean isPrefix(String rest, String whole) {
        return rest.isEmpty() || rest.matches(whole);
    }
}
