package dev.dray.benchmark;

import picocli.CommandLine;

/// Entry point of the benchmark, and of the model server that it starts as a process of its own.
public final class Main {
    private Main() {}

    static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchmarkCommand())
                .addSubcommand(new ModelCommand())
                .execute(arguments));
    }
}
