package dev.dray.benchmark.stand;

import dev.dray.benchmark.load.Requests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// POST requests that are alike but for two numbers of the envelope and, if there are several, the signature.
final class Post implements Requests {
    private static final String NUMBER = "1000000000";

    private final List<ByteBuffer> variants = new ArrayList<>();
    private final List<int[]> numbers = new ArrayList<>();
    private long sent;

    /// @param bodies alike, each used in its turn
    Post(String path, List<String> bodies) {
        for (String body : bodies) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String head =
                    "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(path, bytes.length);
            variants.add(ByteBuffer.allocateDirect(head.length() + bytes.length)
                    .put(head.getBytes(StandardCharsets.US_ASCII))
                    .put(bytes)
                    .flip());
            int first = body.indexOf(NUMBER);
            int second = body.indexOf(NUMBER, first + 1);
            numbers.add(first < 0 ? new int[0] : new int[] {head.length() + first, head.length() + second});
        }
    }

    /// A place for a number of its own in each request.
    static String number() {
        return NUMBER;
    }

    @Override
    public ByteBuffer next() {
        int variant = (int) (sent % variants.size());
        ByteBuffer bytes = variants.get(variant);
        sent++;
        for (int at : numbers.get(variant)) {
            long left = sent;
            // The first digit stays: a number must not begin with 0.
            for (int digit = at + NUMBER.length() - 1; digit > at; digit--) {
                bytes.put(digit, (byte) ('0' + left % 10));
                left /= 10;
            }
        }
        return bytes.duplicate();
    }
}
