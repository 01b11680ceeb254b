/// Coverage-guided fuzzing: what must hold for any bytes at all. [dev.dray.fuzz.Target] lists the targets, each a class
/// in
/// the package of the code it holds; inputs worth keeping lie in `src/test/resources/fuzz/`.
@NullMarked
package dev.dray.fuzz;

import org.jspecify.annotations.NullMarked;
