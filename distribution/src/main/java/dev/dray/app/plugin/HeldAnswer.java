package dev.dray.app.plugin;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.ModelCall;
import dev.dray.spi.AnswerMapper;
import dev.dray.spi.ModelAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One answer of the model server, held until its last byte has come, then mapped and sent.
///
/// The worker hears of the answer's head only when the mapped one is about to leave: until then a failure
/// can still be answered with a status. Used by the thread that carries the request.
final class HeldAnswer implements Exchange {
    private static final int FIRST_BYTES = 8 * 1024;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final ModelCall call;
    private final Exchange exchange;
    private final Mapping mapping;
    private byte[] body = new byte[0];
    private int length;
    private boolean tooLong;
    private @Nullable Abort abort;
    private @Nullable ResponseHead head;

    /// How it is mapped.
    ///
    /// @param mostBytes of the model server's answer
    record Mapping(MappedAnswers.Mapped all, AnswerMapper mapper, long mostBytes) {
        PluginEntry plugin() {
            return all.plugin();
        }
    }

    HeldAnswer(ModelCall call, Exchange exchange, Mapping mapping) {
        this.call = call;
        this.exchange = exchange;
        this.mapping = mapping;
    }

    /// What the model server's side writes into.
    ResponseSink sink() {
        return new Holding();
    }

    @Override
    public void begun(Abort newAbort) {
        abort = newAbort;
        exchange.begun(newAbort);
    }

    @Override
    public void head(int status) {
        // Told when the mapped answer leaves.
    }

    @Override
    public void failed(ModelFailure failure) {
        exchange.failed(tooLong ? longerThanAllowed() : failure);
    }

    @Override
    public void ended() {
        if (tooLong) {
            exchange.failed(longerThanAllowed());
            return;
        }
        ResponseHead came = Objects.requireNonNull(head, "an answer without a head");
        var answer = new ModelAnswer(came.status(), AnswerFields.ofBody(came.headers()), new Bytes(body, 0, length));
        Containment.Result<Optional<ModelAnswer>> result = Containment.within(
                mapping.all().timeLimit(),
                "answer-mapper",
                mapping.plugin().loader(),
                () -> Optional.ofNullable(mapping.mapper().map(answer)));
        switch (result) {
            case Containment.Result.Returned<Optional<ModelAnswer>>(Optional<ModelAnswer> mapped) ->
                check(mapped, came.status());
            case Containment.Result.Threw<Optional<ModelAnswer>>(Throwable fault, String reason) -> {
                // What an interrupt of the plugin's leaves behind must not hit the writing of the refusal.
                Thread.interrupted();
                exchange.failed(faulty(fault instanceof TimeoutException ? reason : place(fault)));
            }
        }
    }

    // Its message may quote the answer.
    private static String place(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        return fault.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private void check(Optional<ModelAnswer> mapped, int status) {
        if (mapped.isEmpty()) {
            exchange.failed(faulty("it returned null; expected an answer"));
            return;
        }
        ModelAnswer answer = mapped.get();
        Optional<String> badName = AnswerFields.badName(answer.headers());
        if (answer.status() < 200 || answer.status() > 599) {
            exchange.failed(faulty("it returned status " + answer.status() + "; expected 200 to 599"));
        } else if (badName.isPresent()) {
            exchange.failed(faulty("it returned a header field without a valid name"));
        } else {
            send(answer, status);
        }
    }

    /// @param status of the model server's own answer, which decides on the outcome
    private void send(ModelAnswer answer, int status) {
        exchange.head(status);
        boolean bodiless = answer.status() == 204 || answer.status() == 304;
        Bytes sent = bodiless ? Bytes.EMPTY : answer.body();
        var fields = new ArrayList<>(AnswerFields.ofBody(answer.headers()));
        if (!bodiless) {
            fields.add(new HeaderField("Content-Length", Integer.toString(sent.length())));
        }
        try {
            call.sink().head(new ResponseHead(answer.status(), fields));
            if (sent.length() > 0) {
                call.sink().chunk(sent.array(), sent.offset(), sent.length());
            }
            call.sink().end();
        } catch (ClientGoneException gone) {
            exchange.failed(new ModelFailure(Kind.CLIENT_GONE, "client hung up while its answer was being written"));
            return;
        }
        exchange.ended();
    }

    private ModelFailure longerThanAllowed() {
        return new ModelFailure(
                Kind.RESET,
                "the model server's answer to %s is longer than the %d bytes that a mapped answer may have; ask for less, or raise 'limits.body'"
                        .formatted(call.path(), mapping.mostBytes()));
    }

    // Names the fault's class and place but not its message, which may quote an answer.
    private ModelFailure faulty(String what) {
        return new ModelFailure(
                Kind.PLUGIN_FAULT,
                "plugin '%s' failed in the answer mapper of %s: %s; see the plugin's documentation, or report it to its author"
                        .formatted(mapping.plugin().id(), call.path(), what));
    }

    /// Takes the answer as it comes.
    private final class Holding implements ResponseSink {
        @Override
        public void head(ResponseHead newHead) {
            head = newHead;
            long announced = AnswerFields.announcedLength(newHead.headers());
            if (announced > mapping.mostBytes()) {
                giveUp();
            } else if (announced > 0) {
                body = new byte[(int) Math.min(announced, LARGEST_ARRAY)];
            }
        }

        @Override
        public void chunk(byte[] array, int offset, int count) {
            if (tooLong) {
                return;
            }
            long sum = (long) length + count;
            if (sum > Math.min(mapping.mostBytes(), LARGEST_ARRAY)) {
                giveUp();
                return;
            }
            if (sum > body.length) {
                body = Arrays.copyOf(body, larger(sum));
            }
            System.arraycopy(array, offset, body, length, count);
            length = (int) sum;
        }

        private int larger(long needed) {
            long doubled = Math.max(Math.max(needed, FIRST_BYTES), 2L * body.length);
            return (int) Math.max(needed, Math.min(doubled, Math.min(mapping.mostBytes(), LARGEST_ARRAY)));
        }

        // The rest is of no use to anybody: the model server is told so by a closed connection.
        private void giveUp() {
            tooLong = true;
            body = new byte[0];
            length = 0;
            if (abort != null) {
                abort.abort();
            }
        }

        @Override
        public void end() {
            // The exchange's end is what counts: by then the connection is free for the next request.
        }

        @Override
        public void breakOff() {
            call.sink().breakOff();
        }
    }
}
