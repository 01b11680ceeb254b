/// The packaged program as a process, black box: real sockets, real files, real signals.
///
/// The tests start `target/dray` as a user would and know nothing of its classes. They wait for what the program
/// prints or answers, never for time to pass. Read [RunningProgram] and [Stage] first.
@org.jspecify.annotations.NullMarked
package dev.dray.e2e;
