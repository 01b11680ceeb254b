package dev.dray.app.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Words for what ended a command.
final class Faults {
    private Faults() {}

    static String described(Exception fault) {
        return switch (fault) {
            case UncheckedIOException wrapped
            when wrapped.getCause() instanceof FileSystemException cause -> described(cause);
            case FileSystemException file -> file(file);
            default -> fault.getMessage() == null ? fault.toString() : fault.getMessage();
        };
    }

    // The message of most of these is the file's name alone.
    private static String file(FileSystemException fault) {
        String why = switch (fault) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "it exists already";
            default -> String.valueOf(fault.getReason());
        };
        return "'%s' cannot be used: %s; expected a path that can; correct it, or its permissions"
                .formatted(fault.getFile(), why);
    }
}
