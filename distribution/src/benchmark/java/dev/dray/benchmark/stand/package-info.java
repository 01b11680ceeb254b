/// The processes that are measured and what stands around them: model server, plain proxy, worker, platform.
@NullMarked
package dev.dray.benchmark.stand;

import org.jspecify.annotations.NullMarked;
