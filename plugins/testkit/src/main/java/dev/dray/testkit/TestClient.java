package dev.dray.testkit;

import dev.dray.adapter.inmemory.RecordingResponder;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Ticket;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A client that has sent one request to a [TestWorker], and what it has seen so far.
public final class TestClient {
    private final TestWorker worker;
    private final RecordingResponder seen = new RecordingResponder();
    private @Nullable Ticket ticket;
    private boolean carried;

    TestClient(TestWorker worker) {
        this.worker = worker;
    }

    RecordingResponder responder() {
        return seen;
    }

    void admitted(Ticket given) {
        ticket = given;
    }

    Ticket ticket() {
        Ticket given = ticket;
        if (given == null) {
            throw new IllegalStateException("the request has not arrived yet");
        }
        return given;
    }

    /// Whether its turn has come, and nobody has carried it on yet; says so once.
    boolean takeTurn() {
        boolean turn = !carried && seen.proceeded();
        carried |= turn;
        return turn;
    }

    /// HTTP status; 0 while there is none.
    public int status() {
        return seen.status();
    }

    /// The body so far: the worker's own answer, or what was relayed.
    public String text() {
        return seen.reply().map(Reply::body).orElseGet(seen::body).utf8Text();
    }

    /// The first header field of that name; empty where there is none.
    public Optional<String> header(String name) {
        List<HeaderField> fields = seen.reply()
                .map(Reply::headers)
                .or(() -> seen.head().map(head -> head.headers()))
                .orElse(List.of());
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .findFirst();
    }

    /// Number of pieces in which the relayed body came.
    public int pieces() {
        return seen.chunks();
    }

    /// Whether the answer is complete, or has broken off.
    public boolean isOver() {
        return seen.over();
    }

    /// Whether the answer broke off in its middle.
    public boolean isBrokenOff() {
        return seen.brokenOff();
    }

    /// Whether the request waits in a queue, or for the model server.
    public boolean isWaiting() {
        return !seen.over();
    }

    /// Goes away without waiting for the answer.
    public void hangUp() {
        seen.hangUp();
        worker.cancel(this);
    }
}
