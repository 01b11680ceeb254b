package dev.dray.benchmark.stand;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/// A server that is there already: the model server itself, or a worker that somebody else has started.
///
/// @param process whose use is counted; empty: nobody's
public record Direct(String name, InetSocketAddress address, Optional<ProcessHandle> process) implements Contender {
    @Override
    public ProcessUse use() throws IOException {
        return process.isEmpty() ? ProcessUse.NONE : ProcessUse.of(process.get());
    }

    @Override
    public void restart() {
        // Not ours to end.
    }
}
