package dev.dray.benchmark.stand;

import java.net.InetSocketAddress;

/// A server that is there already: the model server itself, or a worker that somebody else has started.
public record Direct(String name, InetSocketAddress address) implements Contender {
    @Override
    public ProcessUse use() {
        return ProcessUse.NONE;
    }

    @Override
    public void restart() {
        // Not ours to end.
    }
}
