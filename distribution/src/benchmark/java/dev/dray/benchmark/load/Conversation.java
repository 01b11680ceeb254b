package dev.dray.benchmark.load;

import java.nio.ByteBuffer;

/// What a kind of load does with what its clients receive.
interface Conversation {
    /// Bytes of an answer's body have come.
    void body(Client client, ByteBuffer bytes);

    /// An answer is complete; the client is free.
    void answered(Client client);

    /// The connection broke, or closed before its answer was complete. The client is of no use any more.
    void lost(Client client, String why);
}
