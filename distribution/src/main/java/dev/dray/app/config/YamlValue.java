package dev.dray.app.config;

import java.util.List;

/// A piece of a configuration file that remembers where it stood.
sealed interface YamlValue {
    Place place();

    /// What a person would call it, for messages.
    String described();

    /// Line and column, both counted from 1; 0 for text that comes from no file.
    record Place(int line, int column) {
        static final Place NOWHERE = new Place(0, 0);
    }

    /// What a scalar looked like in the file.
    enum Shape {
        /// In quotes, or plain words.
        TEXT,
        /// A number; its text is a JSON number.
        NUMBER,
        /// `true` or `false`.
        TRUTH,
        /// `null`, `~` or nothing at all.
        NOTHING,
        /// From a variable, a flag or a default: whatever the key wants to read in it.
        LOOSE
    }

    record Scalar(Place place, Shape shape, String text) implements YamlValue {
        static Scalar loose(String text) {
            return new Scalar(Place.NOWHERE, Shape.LOOSE, text);
        }

        @Override
        public String described() {
            return switch (shape) {
                case TEXT, LOOSE -> "'" + text + "'";
                case NUMBER -> "the number " + text;
                case TRUTH -> text;
                case NOTHING -> "nothing";
            };
        }
    }

    record Items(Place place, List<YamlValue> values) implements YamlValue {
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    record Group(Place place, List<Member> members) implements YamlValue {
        public Group {
            members = List.copyOf(members);
        }

        @Override
        public String described() {
            return "a group of keys";
        }
    }

    record Member(String name, Place place, YamlValue value) {}
}
