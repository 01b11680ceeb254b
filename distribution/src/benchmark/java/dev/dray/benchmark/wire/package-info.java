/// As much of HTTP/1.1 as the benchmark's own model server and clients speak, at few instructions a byte.
@NullMarked
package dev.dray.benchmark.wire;

import org.jspecify.annotations.NullMarked;
