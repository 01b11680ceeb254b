package dev.dray.app.plugin;

import dev.dray.spi.BackendPlugin;
import dev.dray.spi.Spi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// What can be said of a jar without loading a class of it.
///
/// @param lists   whether it lists a plugin as a service
/// @param version of the plugin
/// @param refusal why it cannot be loaded; empty where it can
record JarContents(Path jar, boolean lists, String version, Optional<String> refusal) {
    private static final String SERVICE = "META-INF/services/" + BackendPlugin.class.getName();
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

    static JarContents of(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            boolean lists = file.getEntry(SERVICE) != null;
            Attributes attributes = Optional.ofNullable(file.getManifest())
                    .map(Manifest::getMainAttributes)
                    .orElseGet(Attributes::new);
            Optional<String> refusal = lists ? spiRefusal(attributes.getValue("Spi-Version")) : Optional.empty();
            return new JarContents(jar, lists, version(attributes), refusal);
        } catch (ZipException broken) {
            return broken(jar, "found a broken jar (" + broken.getMessage() + "); expected a zip file; build it again");
        } catch (IOException unreadable) {
            return broken(jar, "cannot be read (" + unreadable.getMessage() + "); make it readable");
        }
    }

    private static JarContents broken(Path jar, String reason) {
        return new JarContents(jar, false, "unknown", Optional.of(reason));
    }

    private static String version(Attributes attributes) {
        return Optional.ofNullable(attributes.getValue("Plugin-Version"))
                .or(() -> Optional.ofNullable(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION)))
                .orElse("unknown");
    }

    private static Optional<String> spiRefusal(@Nullable String found) {
        String expected = "; expected Spi-Version %d.0 to %s in its manifest; ".formatted(Spi.MAJOR, Spi.VERSION);
        if (found == null) {
            return Optional.of("found no Spi-Version" + expected + "add the one it was built with");
        }
        Matcher version = VERSION.matcher(found.trim());
        if (!version.matches()) {
            return Optional.of("found Spi-Version '" + found + "'" + expected + "correct it");
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        if (major != Spi.MAJOR || minor > Spi.MINOR) {
            String advice = major < Spi.MAJOR ? "get a newer plugin" : "get a newer dray";
            return Optional.of("found Spi-Version '" + found + "'" + expected + advice);
        }
        return Optional.empty();
    }
}
