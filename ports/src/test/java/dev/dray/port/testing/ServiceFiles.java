package dev.dray.port.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// Reads what is listed under `META-INF/services`, without making an instance of anything.
final class ServiceFiles {
    private ServiceFiles() {}

    /// The class names listed for a service, in all files that the loader sees.
    static Set<String> listed(Class<?> service, ClassLoader loader) throws IOException {
        var names = new HashSet<String>();
        loader.resources("META-INF/services/" + service.getName())
                .forEach(file -> text(file).lines().map(String::strip).forEach(names::add));
        return names;
    }

    private static String text(URL file) {
        try (var in = file.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
