package dev.dray.app.plugin;

import java.nio.file.Path;

/// A jar, a folder or one plugin of a jar that was not loaded.
///
/// @param path   jar or folder
/// @param name   id, class or file name: whatever is known of it
/// @param reason what was found, what is expected, what to do
public record RefusedPlugin(Path path, String name, String reason) {
    /// One line for a person.
    public String text() {
        String file = String.valueOf(path.getFileName());
        return (name.equals(file) ? file : name + " in " + file) + ": " + reason;
    }
}
