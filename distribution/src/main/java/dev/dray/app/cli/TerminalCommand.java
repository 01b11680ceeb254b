package dev.dray.app.cli;

import java.util.concurrent.Callable;

/// A command that prints. Its constructor takes the [Terminal]; its result is the exit code.
interface TerminalCommand extends Callable<Integer> {}
