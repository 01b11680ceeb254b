package dev.dray.adapter.httpserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A file of PEM blocks (RFC 7468), with whatever text between them.
///
/// @param what   `certificate` or `key`, for messages
/// @param path   the file
/// @param text   all of it
/// @param blocks in the order of the file
record PemFile(String what, Path path, String text, List<Block> blocks) {
    /// More than any chain or key; a log file given by mistake is not read whole.
    private static final long MOST_BYTES = 1 << 20;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /// @param label what stands behind `BEGIN`
    /// @param lines what stands between the two marks
    record Block(String label, String lines) {
        /// The bytes of the block.
        ///
        /// @throws IllegalArgumentException if it is no base64
        byte[] der() {
            return Base64.getDecoder().decode(lines.replaceAll("\\s", ""));
        }

        /// Whether the block is encrypted in the old way of OpenSSL, by headers before the base64.
        boolean hasEncryptionHeaders() {
            return lines.contains("ENCRYPTED");
        }
    }

    /// @throws TlsException if the file cannot be read
    static PemFile read(String what, Path path) {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw TlsException.of(
                        what, path, "found " + Files.size(path) + " bytes; expected is a PEM file of at most 1 MiB");
            }
            String text = Files.readString(path, StandardCharsets.ISO_8859_1);
            return new PemFile(what, path, text, blocks(text));
        } catch (NoSuchFileException e) {
            throw TlsException.of(
                    what, path, "there is no such file; put the PEM file there, or name another in the settings", e);
        } catch (IOException e) {
            throw TlsException.of(what, path, "found " + e + "; expected is a PEM file that this process may read", e);
        }
    }

    private static List<Block> blocks(String text) {
        var blocks = new ArrayList<Block>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return List.copyOf(blocks);
    }

    TlsException unusable(String problem) {
        return TlsException.of(what, path, problem);
    }

    TlsException unusable(String problem, Exception cause) {
        return TlsException.of(what, path, problem, cause);
    }

    /// What the file holds, without showing any of it.
    String found() {
        if (!blocks.isEmpty()) {
            return "found " + blocks.stream().map(Block::label).collect(Collectors.joining(", "));
        }
        String start = text.stripLeading().toLowerCase(Locale.ROOT);
        if (start.isEmpty()) {
            return "found an empty file";
        }
        if (start.startsWith("<")) {
            return "found an HTML page of " + text.length() + " bytes";
        }
        if (start.startsWith("{")) {
            return "found a JSON text of " + text.length() + " bytes";
        }
        if (start.contains("-----begin ")) {
            return "found a PEM block without its end";
        }
        return "found " + text.length() + " bytes without a PEM block";
    }
}
