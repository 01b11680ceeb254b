package dev.dray.benchmark.model;

import dev.dray.benchmark.wire.Head;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads requests of one connection, one after the other, cut anywhere. Of a body only the opening is kept.
final class RequestReader {
    private static final byte[] CONTENT_LENGTH = Head.word("content-length:");
    private static final byte[] TRANSFER_ENCODING = Head.word("transfer-encoding:");
    private static final byte[] ANY = new byte[0];

    private final Head head = new Head();
    private boolean inBody;
    private long bodyLeft;
    private byte[] opening = new byte[1024];
    private int openingLength;

    /// Takes bytes up to the end of a request.
    ///
    /// @return whether one is complete
    boolean read(ByteBuffer in) {
        if (!inBody) {
            if (!head.read(in)) {
                return false;
            }
            if (head.has(TRANSFER_ENCODING, ANY)) {
                throw new IllegalArgumentException("a chunked request body, which this model server does not read");
            }
            inBody = true;
            bodyLeft = head.number(CONTENT_LENGTH, 0);
        }
        keep((int) Math.min(Math.min(bodyLeft, in.remaining()), Order.OPENING - openingLength), in);
        int skip = (int) Math.min(bodyLeft, in.remaining());
        in.position(in.position() + skip);
        bodyLeft -= skip;
        return bodyLeft == 0;
    }

    private void keep(int count, ByteBuffer in) {
        if (openingLength + count > opening.length) {
            opening = Arrays.copyOf(opening, Order.OPENING);
        }
        in.get(opening, openingLength, count);
        openingLength += count;
        bodyLeft -= count;
    }

    /// Method, path and version of the request that is complete.
    String line() {
        return head.line();
    }

    boolean isGet() {
        return head.startsWith('G');
    }

    Order order() {
        return Order.in(opening, openingLength);
    }

    /// Forgets the request that is complete.
    void next() {
        head.clear();
        inBody = false;
        openingLength = 0;
    }
}
