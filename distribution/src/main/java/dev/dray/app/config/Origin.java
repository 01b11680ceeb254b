package dev.dray.app.config;

/// Where a value, or a mistake, comes from.
public sealed interface Origin {
    /// For a person: `worker.yaml:3`, `$WORKER_PORT`, `--backend`, `plugin vllm` or `default`.
    String text();

    /// A place in the configuration file.
    ///
    /// @param file   as the operator named it
    /// @param line   counted from 1; 0: the file as a whole
    /// @param column counted from 1; 0: the line as a whole
    record InFile(String file, int line, int column) implements Origin {
        @Override
        public String text() {
            return line == 0 ? file : file + ":" + line;
        }
    }

    /// A character of a text in the configuration file.
    ///
    /// @param file   as the operator named it
    /// @param line   counted from 1
    /// @param column counted from 1, in code points
    record InText(String file, int line, int column) implements Origin {
        @Override
        public String text() {
            return file + ":" + line + ":" + column;
        }
    }

    /// An environment variable.
    record Variable(String name) implements Origin {
        @Override
        public String text() {
            return "$" + name;
        }
    }

    /// A command-line flag.
    ///
    /// @param name with its dashes
    record Flag(String name) implements Origin {
        @Override
        public String text() {
            return name;
        }
    }

    /// What the plugin says where nobody else says anything.
    record Plugin(String id) implements Origin {
        @Override
        public String text() {
            return "plugin " + id;
        }
    }

    /// dray's own default.
    record Default() implements Origin {
        @Override
        public String text() {
            return "default";
        }
    }

    /// Nowhere in particular: the settings taken together.
    record Settings() implements Origin {
        @Override
        public String text() {
            return "settings";
        }
    }
}
