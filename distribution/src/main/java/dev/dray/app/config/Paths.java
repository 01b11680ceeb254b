package dev.dray.app.config;

import java.nio.file.Path;

/// Where relative paths start: those of the file at the file, others where the command was given; `~` at home.
record Paths(Inputs inputs) {
    Path resolve(Setting<String> setting) {
        String text = setting.value();
        if (text.equals("~") || text.startsWith("~/")) {
            String home = inputs.environment().getOrDefault("HOME", System.getProperty("user.home"));
            return Path.of(home, text.substring(1)).normalize();
        }
        Path base = setting.origin() instanceof Origin.InFile
                ? inputs.file()
                        .map(file -> inputs.directory().resolve(file))
                        .map(Path::getParent)
                        .orElseThrow()
                : inputs.directory();
        return base.resolve(text).normalize();
    }
}
