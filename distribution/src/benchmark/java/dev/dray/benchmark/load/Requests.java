package dev.dray.benchmark.load;

import java.nio.ByteBuffer;

/// Makes the next request.
public interface Requests {
    /// Whole, head and body; good until the next but one is made.
    ByteBuffer next();
}
