package dev.dray.adapter.modelclient;

import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseSink;
import java.io.IOException;

/// Reads one response from a connection and hands on its body as it comes.
final class ResponseReader {
    /// More answers on the way than any server sends.
    private static final int MAX_INTERIM_ANSWERS = 32;

    private final Connection connection;
    private final Flight flight;

    ResponseReader(Connection connection, Flight flight) {
        this.connection = connection;
        this.flight = flight;
    }

    /// Takes pieces of a body; the array is used again afterwards.
    @FunctionalInterface
    interface BodyPieces {
        void piece(byte[] array, int offset, int length);
    }

    /// The head of the final answer.
    ParsedHead head() throws IOException {
        for (int i = 0; i < MAX_INTERIM_ANSWERS; i++) {
            ParsedHead head = anyHead();
            if (!head.interim()) {
                return head;
            }
            if (head.status() == 101) {
                throw CallException.garbage("the connection was switched to another protocol, which nobody asked for");
            }
        }
        throw CallException.garbage("more than " + MAX_INTERIM_ANSWERS + " interim answers");
    }

    private ParsedHead anyHead() throws IOException {
        int searched = 0;
        while (true) {
            // A blank line may have begun in the last three bytes of what was there before.
            int from = connection.position() + Math.max(0, searched - 3);
            int end = HeadParser.endOfHead(connection.buffer(), from, connection.limit());
            if (end >= 0) {
                ParsedHead head = HeadParser.parse(connection.buffer(), connection.position(), end);
                connection.consumeTo(end);
                return head;
            }
            searched = connection.limit() - connection.position();
            if (searched == 0) {
                flight.awaitingFirstByte();
            } else {
                flight.awaitingMore();
            }
            fill("before its answer's head was complete");
        }
    }

    /// Reads a body to its end.
    ///
    /// @return whether the connection may carry another request
    boolean body(ParsedHead head, String method, BodyPieces pieces) throws IOException {
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return head.persistent() && connection.drained();
        }
        if (head.chunked()) {
            chunked(pieces);
        } else if (head.length() >= 0) {
            counted(head.length(), pieces);
        } else {
            untilClose(pieces);
            return false;
        }
        return head.persistent() && connection.drained();
    }

    private void chunked(BodyPieces pieces) throws IOException {
        ChunkedDecoder decoder = new ChunkedDecoder();
        while (true) {
            decode(decoder, pieces);
            if (decoder.done()) {
                return;
            }
            more();
        }
    }

    /// Relays a body to its end; the loop carries a stream while nobody has to wait for its client.
    ///
    /// @return whether the connection may carry another request
    boolean relay(ParsedHead head, String method, ResponseSink sink, StreamLoop loop) throws IOException {
        boolean rides = head.chunked() && !method.equals("HEAD") && connection.mayRide() && loop.isOpen();
        if (!rides || !sink.takesOffers()) {
            return body(head, method, sink::chunk);
        }
        ChunkedDecoder decoder = new ChunkedDecoder();
        decode(decoder, sink::chunk);
        if (decoder.done()) {
            return head.persistent() && connection.drained();
        }
        connection.beginRiding();
        boolean drained = ride(decoder, sink, loop);
        connection.endRiding();
        return head.persistent() && drained;
    }

    /// @return whether the model server sent nothing beyond the body
    private boolean ride(ChunkedDecoder decoder, ResponseSink sink, StreamLoop loop) throws IOException {
        while (true) {
            Ride ride = new Ride(connection, flight, decoder, sink);
            loop.ride(ride);
            sink.settle();
            if (ride.arrived()) {
                return ride.drained();
            }
            while (fillNow()) {
                // The model server is ahead of the client.
                decode(decoder, sink::chunk);
                if (decoder.done()) {
                    return connection.drained();
                }
            }
            connection.beginRiding();
        }
    }

    private boolean fillNow() throws IOException {
        int count = connection.fillNow();
        if (count < 0) {
            throw brokenOff("in the middle of its answer");
        }
        return count > 0;
    }

    private void decode(ChunkedDecoder decoder, BodyPieces pieces) throws CallException {
        byte[] buffer = connection.buffer();
        connection.consumeTo(decoder.decode(buffer, connection.position(), connection.limit()));
        if (decoder.dataLength() > 0) {
            pieces.piece(buffer, decoder.dataStart(), decoder.dataLength());
        }
    }

    private void counted(long length, BodyPieces pieces) throws IOException {
        long remaining = length;
        while (remaining > 0) {
            if (connection.drained()) {
                more();
            }
            int start = connection.position();
            int count = (int) Math.min(remaining, connection.limit() - start);
            connection.consumeTo(start + count);
            remaining -= count;
            pieces.piece(connection.buffer(), start, count);
        }
    }

    private void untilClose(BodyPieces pieces) throws IOException {
        do {
            int start = connection.position();
            int count = connection.limit() - start;
            connection.consumeTo(connection.limit());
            if (count > 0) {
                pieces.piece(connection.buffer(), start, count);
            }
            flight.awaitingMore();
        } while (connection.fill());
        flight.working();
    }

    private void more() throws IOException {
        flight.awaitingMore();
        fill("in the middle of its answer");
        flight.working();
    }

    private void fill(String when) throws IOException {
        if (!connection.fill()) {
            throw brokenOff(when);
        }
    }

    private static CallException brokenOff(String when) {
        return new CallException(Kind.RESET, "it closed the connection " + when);
    }
}
