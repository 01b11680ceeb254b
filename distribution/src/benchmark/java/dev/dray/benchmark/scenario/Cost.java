package dev.dray.benchmark.scenario;

import java.io.IOException;

/// What a request costs a worker beside so much of something.
interface Cost {
    /// Measures with so much of it. Called with growing sizes, on one process.
    ///
    /// @return processor time of one request, in microseconds
    double at(Round round, int size) throws IOException;
}
