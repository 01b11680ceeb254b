/// What is said of payloads and settings without a worker.
///
/// Read [ExplanationTest]. Threads: none.
@org.jspecify.annotations.NullMarked
package dev.dray.app.inspect;
