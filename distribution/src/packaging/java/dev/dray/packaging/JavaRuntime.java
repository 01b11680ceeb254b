package dev.dray.packaging;

import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/// The Java runtime of the package: the worker's modules, and those that libraries of plugins commonly ask for.
final class JavaRuntime {
    /// Named by the worker and its libraries: `PackageIT` compares with what `jdeps` reads from the jars.
    private static final List<String> NEEDED = List.of(
            "java.base",
            "java.compiler",
            "java.logging",
            "java.management",
            "java.net.http",
            "jdk.management",
            // sun.misc.Signal: SIGTERM drains. sun.misc.Unsafe: Protocol Buffers.
            "jdk.unsupported");

    /// For plugins of users: XML and its like for storage clients, JNDI for TLS host names and DNS, zip file systems.
    private static final List<String> FOR_PLUGINS =
            List.of("java.instrument", "java.naming", "java.sql", "java.xml", "jdk.httpserver", "jdk.net", "jdk.zipfs");

    /// jcmd, jstack, jfr: what one wants on a machine that cannot be given a JDK, and elliptic curves for TLS.
    private static final List<String> FOR_OPERATORS = List.of("jdk.crypto.ec", "jdk.jcmd", "jdk.jfr");

    private JavaRuntime() {}

    // Not compressed: the tarball is packed anyway and comes out 5 MB smaller, and classes need no unpacking at start.
    static void link(Path runtime) {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IllegalStateException(
                        "%s has no jlink; the build needs a whole JDK".formatted(System.getProperty("java.home"))));
        int exit = jlink.run(
                System.out,
                System.err,
                "--add-modules",
                String.join(",", NEEDED) + "," + String.join(",", FOR_PLUGINS) + "," + String.join(",", FOR_OPERATORS),
                "--strip-debug",
                "--no-man-pages",
                "--no-header-files",
                "--output",
                runtime.toString());
        if (exit != 0) {
            throw new IllegalStateException("jlink ended with exit code %d; its words stand above".formatted(exit));
        }
    }
}
