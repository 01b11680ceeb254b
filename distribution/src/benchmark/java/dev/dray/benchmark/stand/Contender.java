package dev.dray.benchmark.stand;

import java.io.IOException;
import java.net.InetSocketAddress;

/// Who is asked, and what it uses to answer.
public interface Contender {
    String name();

    InetSocketAddress address();

    /// What its process has used; [ProcessUse#NONE] where there is none of its own.
    ProcessUse use() throws IOException;

    /// Starts its process anew, so that nothing is left of what it did before.
    void restart() throws IOException;
}
