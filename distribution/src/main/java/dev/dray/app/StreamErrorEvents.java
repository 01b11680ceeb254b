package dev.dray.app;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import java.util.Locale;
import java.util.Set;

/// Says so in the stream where a stream of server-sent events breaks, on the routes that ask for it.
///
/// Only between two events, and never into a body that is compressed or has a length: there nothing of ours can stand.
/// The connection is broken off all the same. Looks at the last bytes of each chunk and copies none.
final class StreamErrorEvents implements ModelServer {
    private final Set<String> paths;
    private final ModelServer below;

    /// @param paths routes that ask for it
    StreamErrorEvents(Set<String> paths, ModelServer below) {
        this.paths = Set.copyOf(paths);
        this.below = below;
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        if (paths.contains(call.path())) {
            var stream = new Stream(call.sink(), exchange);
            below.start(call.to(stream), stream);
        } else {
            below.start(call, exchange);
        }
    }

    /// The benchmark's calls: nobody reads their answers.
    @Override
    public void launch(ModelCall call, Exchange exchange) {
        below.launch(call, exchange);
    }

    /// One answer on its way. Used by the thread that carries the request, or by one in its place while it waits.
    private static final class Stream implements ResponseSink, Exchange {
        private static final int NEW_LINE = 10;
        private static final int RETURN = 13;

        private final ResponseSink sink;
        private final Exchange exchange;
        private boolean events;
        // How much of a blank line the body ends with; it begins as if it did.
        private boolean atBoundary = true;
        private int last;
        private int beforeLast;
        private int thirdLast;

        Stream(ResponseSink sink, Exchange exchange) {
            this.sink = sink;
            this.exchange = exchange;
        }

        @Override
        public void head(ResponseHead head) {
            events = isPlainEventStream(head);
            sink.head(head);
        }

        private static boolean isPlainEventStream(ResponseHead head) {
            String type = HeaderField.first(head.headers(), "Content-Type").orElse("");
            return type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")
                    && HeaderField.first(head.headers(), "Content-Length").isEmpty()
                    && HeaderField.first(head.headers(), "Content-Encoding").isEmpty();
        }

        @Override
        public void chunk(byte[] array, int offset, int length) {
            lookAtEnd(array, offset, length);
            sink.chunk(array, offset, length);
        }

        @Override
        public boolean takesOffers() {
            return sink.takesOffers();
        }

        @Override
        public boolean offer(byte[] array, int offset, int length) {
            lookAtEnd(array, offset, length);
            return sink.offer(array, offset, length);
        }

        @Override
        public void settle() {
            sink.settle();
        }

        private void lookAtEnd(byte[] array, int offset, int length) {
            for (int i = Math.max(0, length - 4); i < length; i++) {
                look(array[offset + i]);
            }
        }

        // A blank line in any of the three spellings of an end of line.
        private void look(int next) {
            boolean blankLine = last == NEW_LINE || endsWithReturnedLine();
            atBoundary = (next == NEW_LINE && blankLine) || (next == RETURN && last == RETURN);
            thirdLast = beforeLast;
            beforeLast = last;
            last = next;
        }

        private boolean endsWithReturnedLine() {
            return last == RETURN && beforeLast == NEW_LINE && thirdLast == RETURN;
        }

        @Override
        public void end() {
            sink.end();
        }

        @Override
        public void breakOff() {
            sink.breakOff();
        }

        @Override
        public void begun(Abort abort) {
            exchange.begun(abort);
        }

        @Override
        public void head(int status) {
            exchange.head(status);
        }

        @Override
        public void ended() {
            exchange.ended();
        }

        @Override
        public void failed(ModelFailure failure) {
            if (events && atBoundary && failure.kind() != ModelFailure.Kind.CLIENT_GONE) {
                say(failure);
            }
            exchange.failed(failure);
        }

        private void say(ModelFailure failure) {
            String code = failure.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
            Bytes event = Bytes.utf8(
                    "event: error\ndata: {\"error\": {\"code\": \"%s\", \"message\": \"the answer broke off\", \"source\": \"model\"}}\n\n"
                            .formatted(code));
            try {
                sink.chunk(event.array(), event.offset(), event.length());
            } catch (ClientGoneException gone) {
                // Nobody is there to read it: the failure is told all the same.
                events = false;
            }
        }
    }
}
