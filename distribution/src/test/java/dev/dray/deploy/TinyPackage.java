package dev.dray.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A tarball shaped like the real one, whose program says what it was started with.
///
/// @param file   the tarball
/// @param sha256 its checksum
record TinyPackage(Path file, String sha256) {
    static TinyPackage in(Path folder) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(folder.resolve("dray-1.0/bin"));
        Path program = Files.writeString(bin.resolve("dray"), """
                #!/bin/sh
                echo "pid=$$ arguments=$* backend=$BACKEND from=$0"
                """);
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + program);
        }
        // As the licences of Java are, module by module.
        Path legal = Files.createDirectories(folder.resolve("dray-1.0/runtime/legal/java.xml"));
        Files.createSymbolicLink(legal.resolve("LICENSE"), Path.of("../java.base/LICENSE"));
        return pack(folder, "dray-1.0");
    }

    static TinyPackage pack(Path folder, String name) throws IOException, InterruptedException {
        Path file = folder.resolve("package.tar.gz");
        Process tar = new ProcessBuilder("tar", "czf", file.toString(), "-C", folder.toString(), name)
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar cannot pack " + folder);
        }
        return new TinyPackage(file, sha256(file));
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IOException(missing);
        }
    }
}
