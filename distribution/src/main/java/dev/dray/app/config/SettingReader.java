package dev.dray.app.config;

import dev.dray.app.config.FileSettings.Found;
import dev.dray.app.config.Kind.Reading;
import dev.dray.app.config.YamlValue.Place;
import dev.dray.app.config.YamlValue.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settles each key: flag over file over variable over default. Keeps what it settled, and every mistake on the way.
final class SettingReader {
    private final String fileName;
    private final Map<String, Found> file;
    private final Inputs inputs;
    private final List<Problem> problems;
    private final List<Effective> effective = new ArrayList<>();

    SettingReader(FileSettings settings, Map<String, Found> found, Inputs inputs, List<Problem> problems) {
        this.fileName = settings.fileName();
        this.file = found;
        this.inputs = inputs;
        this.problems = problems;
    }

    /// The setting; empty where nobody says anything and there is no default, or what was said is a mistake.
    <T> Optional<Setting<T>> find(Key<T> key) {
        return said(key).flatMap(said -> settle(key, said));
    }

    <T> Optional<T> value(Key<T> key) {
        return find(key).map(Setting::value);
    }

    /// The setting of a key that has a default. A mistake was told already; the default then keeps the reader going.
    <T> Setting<T> get(Key<T> key) {
        return find(key).orElseGet(() -> new Setting<>(standard(key), new Origin.Default()));
    }

    /// Whether somebody says anything, right or wrong; a default is nobody.
    boolean isSaid(Key<?> key) {
        return said(key)
                .filter(said -> !(said.origin() instanceof Origin.Default))
                .isPresent();
    }

    List<Effective> effective() {
        return effective;
    }

    /// Notes a setting that another part of the program worked out.
    void note(Key<?> key, String value, Origin origin) {
        effective.add(new Effective(key.path(), value, origin));
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    private <T> T standard(Key<T> key) {
        String text = key.defaultText().orElseThrow(() -> new IllegalStateException(key.path() + " has no default"));
        return switch (key.kind().read(Scalar.loose(text))) {
            case Reading.Good<T>(T value) -> value;
            case Reading.Bad<T> _ -> throw new IllegalStateException(key.path() + " has a default it does not take");
        };
    }

    private record Said(String shown, YamlValue value, Origin origin) {}

    private Optional<Said> said(Key<?> key) {
        for (Inputs.FlagValue flag : inputs.flags()) {
            if (flag.key().equals(key.path())) {
                return Optional.of(new Said(key.path(), Scalar.loose(flag.value()), new Origin.Flag(flag.flag())));
            }
        }
        Found found = file.get(key.path());
        if (found != null) {
            return Optional.of(
                    new Said(found.shown(), found.value(), inFile(found.value().place())));
        }
        Optional<String> variable = key.variable()
                .flatMap(name -> Optional.ofNullable(inputs.environment().get(name)))
                .filter(text -> !text.isBlank());
        if (variable.isPresent()) {
            var origin = new Origin.Variable(key.variable().orElseThrow());
            return Optional.of(new Said(key.path(), Scalar.loose(variable.get()), origin));
        }
        return key.defaultText().map(text -> new Said(key.path(), Scalar.loose(text), new Origin.Default()));
    }

    private <T> Optional<Setting<T>> settle(Key<T> key, Said said) {
        return switch (key.kind().read(said.value())) {
            case Reading.Good<T>(T value) -> {
                String shown = key.rank() == Key.Rank.PLAIN ? shown(said.value()) : "(set)";
                effective.add(new Effective(key.path(), shown, said.origin()));
                yield Optional.of(new Setting<>(value, said.origin()));
            }
            case Reading.Bad<T>(YamlValue culprit, String expected) -> {
                Origin origin = said.origin() instanceof Origin.InFile ? inFile(culprit.place()) : said.origin();
                String found = key.rank() == Key.Rank.PLAIN ? culprit.described() : "something else";
                problems.add(new Problem(origin, said.shown(), found, expected, ""));
                yield Optional.empty();
            }
        };
    }

    private Origin inFile(Place place) {
        return new Origin.InFile(fileName, place.line(), place.column());
    }

    private static String shown(YamlValue value) {
        return value instanceof Scalar scalar
                ? scalar.text()
                : JsonText.of(value).utf8Text();
    }
}
