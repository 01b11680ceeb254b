package dev.dray.app.scaffold;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/// What a plugin project and its classes are called.
///
/// @param id          of the plugin
/// @param packageName of its classes
public record ProjectNames(String id, String packageName) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*[a-z0-9]|[a-z]");
    private static final String SUFFIX = "Plugin";

    /// The names that follow from a folder's, where nothing else is said.
    public static ProjectNames of(String folder, Optional<String> id, Optional<String> packageName) {
        String known = id.orElseGet(() -> folder.toLowerCase(Locale.ROOT).replace('_', '-'));
        return new ProjectNames(known, packageName.orElseGet(() -> "com.example." + known.replace("-", "")));
    }

    /// What is wrong with them: found, expected, what to do.
    public Optional<String> mistake() {
        if (!ID.matcher(id).matches()) {
            return Optional.of(
                    "found id '%s'; expected small letters, digits and '-', beginning with a letter; name one with --id"
                            .formatted(id));
        }
        if (!SourceVersion.isName(packageName)
                || packageName.equals("dev.dray")
                || packageName.startsWith("dev.dray.")) {
            return Optional.of(
                    "found package '%s'; expected a Java package name outside dev.dray; name one with --package"
                            .formatted(packageName));
        }
        return Optional.empty();
    }

    /// The class that the worker finds: `MyServerPlugin` for `my-server`.
    String plugin() {
        return base() + SUFFIX;
    }

    String backend() {
        return base() + "Backend";
    }

    String contract() {
        return base() + "ContractTest";
    }

    // `my-plugin` is MyPlugin, not MyPluginPlugin.
    private String base() {
        var name = new StringBuilder();
        for (String word : id.split("-", -1)) {
            if (!word.isEmpty()) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        boolean said = name.length() > SUFFIX.length() && name.toString().endsWith(SUFFIX);
        return said ? name.substring(0, name.length() - SUFFIX.length()) : name.toString();
    }
}
