package dev.dray.adapter.modelclient;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.outbound.ModelServer;
import dev.dray.port.testing.ModelServerContract;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// The contract over real sockets.
final class HttpModelServerContractTest extends ModelServerContract {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private @Nullable RawServer server;

    @Override
    protected ModelServer modelServer(Behaviour behaviour) throws IOException {
        RawServer raw = RawServer.playing(peer -> play(behaviour, peer));
        opened.push(raw);
        if (behaviour instanceof Behaviour.Refuses) {
            raw.close();
        }
        server = raw;
        HttpModelServer client = new HttpModelServer(ModelClientSettings.of(raw.url(), "test"), System::nanoTime);
        opened.push(client);
        return client;
    }

    private static void play(Behaviour behaviour, RawServer.Peer peer) throws IOException {
        while (peer.readRequest() != null) {
            switch (behaviour) {
                case Behaviour.Serves(ResponseHead head, List<Bytes> pieces) -> {
                    send(peer, head, pieces);
                    if (isChunked(head)) {
                        peer.send("0\r\n\r\n");
                    }
                }
                case Behaviour.Breaks(ResponseHead head, List<Bytes> pieces) -> {
                    send(peer, head, pieces);
                    return;
                }
                case Behaviour.Stalls(ResponseHead head, List<Bytes> pieces) -> {
                    if (!pieces.isEmpty()) {
                        send(peer, head, pieces);
                    }
                    peer.awaitClose();
                    return;
                }
                case Behaviour.Refuses() -> throw new IllegalStateException("nobody listens");
            }
        }
    }

    private static boolean isChunked(ResponseHead head) {
        return HeaderField.first(head.headers(), "Content-Length").isEmpty();
    }

    private static void send(RawServer.Peer peer, ResponseHead head, List<Bytes> pieces) throws IOException {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + head.status() + " Any\r\n");
        head.headers()
                .forEach(field -> text.append(field.name())
                        .append(": ")
                        .append(field.value())
                        .append("\r\n"));
        peer.send(text + (isChunked(head) ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n"));
        for (Bytes piece : pieces) {
            if (isChunked(head)) {
                peer.send(Integer.toHexString(piece.length()) + "\r\n");
                peer.send(piece.toByteArray());
                peer.send("\r\n");
            } else {
                peer.send(piece.toByteArray());
            }
        }
    }

    @Override
    protected void awaitServerSawClose() throws InterruptedException {
        if (server == null) {
            throw new IllegalStateException("no server was started");
        }
        server.awaitClose();
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
