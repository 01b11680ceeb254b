package dev.dray.domain.admission;

/// The model server that all requests of one session go to: that of the first which started. Guarded by
/// the worker's lock.
public final class Home {
    private static final int NONE = -1;

    private int server = NONE;

    /// The server's place in the worker's plan; 0 where no request of the session has started.
    public int serverOrFirst() {
        return Math.max(server, 0);
    }

    boolean isKnown() {
        return server != NONE;
    }

    int server() {
        return server;
    }

    void settle(int newServer) {
        server = newServer;
    }
}
