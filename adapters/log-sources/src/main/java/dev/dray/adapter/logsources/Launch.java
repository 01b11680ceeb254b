package dev.dray.adapter.logsources;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns settings into a process: in a session of its own where `setsid` is there, without input, both outputs in one.
///
/// `setsid` reports a program that it cannot run only on the output, and late: so the program is looked for before.
final class Launch {
    /// In the environment of the process and of all that it starts, unless one of them takes it out.
    private static final String MARK = "DRAY_MODEL_PROCESS";

    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final File NOTHING = new File("/dev/null");

    private final ProcessSettings settings;
    private final String mark;
    private final boolean ownSession;

    /// @param mark       tells this worker's processes from all others
    /// @param ownSession whether `setsid` is used if it is there
    Launch(ProcessSettings settings, String mark, boolean ownSession) {
        this.settings = settings;
        this.mark = mark;
        this.ownSession = ownSession;
    }

    /// @throws IOException if there is nothing to start; its message says what was found and what to do
    Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder().redirectErrorStream(true).redirectInput(NOTHING);
        if (settings.directory().isPresent()) {
            builder.directory(existing(settings.directory().get()).toFile());
        }
        builder.environment().keySet().removeAll(settings.withheld());
        builder.environment().put(MARK, mark);
        String path = builder.environment().getOrDefault("PATH", DEFAULT_PATH);
        requireProgram(path);
        List<String> command = new ArrayList<>(settings.command());
        if (ownSession) {
            find("setsid", path).ifPresent(setsid -> command.addFirst(setsid.toString()));
        }
        try {
            return builder.command(command).start();
        } catch (IOException refused) {
            throw new IOException(
                    "the system refused to run it, "
                            + String.valueOf(refused.getMessage()).strip()
                            + "; expected a program for this machine; correct 'model.command'",
                    refused);
        }
    }

    /// Everything that came of a process started here.
    ProcessFamily family(Process process) {
        return new ProcessFamily(process.toHandle(), MARK + "=" + mark);
    }

    /// The command, for a person.
    String shown() {
        return CommandLine.shown(settings.command());
    }

    private static Path existing(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("its working directory '" + directory
                    + "' is not a folder; expected one; create it or name another");
        }
        return directory;
    }

    private void requireProgram(String path) throws IOException {
        String program = settings.command().getFirst();
        if (program.indexOf('/') < 0) {
            if (find(program, path).isEmpty()) {
                throw new IOException("there is no program '" + program + "' in PATH, which is '" + path
                        + "'; expected one; install it, or write its whole path in 'model.command'");
            }
            return;
        }
        Path file = settings.directory().orElse(Path.of("")).resolve(program);
        if (!Files.exists(file)) {
            throw new IOException(
                    "there is no file '" + file + "'; expected a program; install it or correct 'model.command'");
        }
        if (!isProgram(file)) {
            throw new IOException("'" + file + "' is not a program that dray may run; expected an executable file; "
                    + "use chmod +x, or correct 'model.command'");
        }
    }

    private static Optional<Path> find(String program, String path) {
        for (String folder : path.split(":", -1)) {
            Path file = Path.of(folder).resolve(program);
            if (isProgram(file)) {
                return Optional.of(file.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
