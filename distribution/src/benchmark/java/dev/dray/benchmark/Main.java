package dev.dray.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/// Entry point of the benchmark, and of the model server that it starts as a process of its own.
public final class Main {
    private Main() {}

    static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchmarkCommand())
                .addSubcommand(new ModelCommand())
                .setExecutionExceptionHandler((fault, command, given) -> failed(fault))
                .execute(arguments));
    }

    // What a process of the stand printed is in the message; where it was noticed tells nothing more.
    private static int failed(Exception fault) throws Exception {
        if (fault instanceof IOException || fault instanceof UncheckedIOException) {
            System.err.println("benchmark: " + fault.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw fault;
    }
}
