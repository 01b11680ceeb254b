/// Measures the packaged worker beside its model server asked directly and beside nginx as a plain proxy.
@NullMarked
package dev.dray.benchmark;

import org.jspecify.annotations.NullMarked;
