package dev.dray.app.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Which graphics cards this machine has, as the NVIDIA driver tells it: a benchmark of one card says nothing of
/// another.
final class GpuIdentity {
    /// One folder per card, each with a file `information`.
    static final Path NVIDIA = Path.of("/proc/driver/nvidia/gpus");

    private static final List<String> TELLING = List.of("Model:", "GPU UUID:");

    private GpuIdentity() {}

    /// Model and UUID of each card, sorted; empty where there is no such driver or it tells nothing.
    static List<String> read(Path folder) {
        var cards = new ArrayList<String>();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> each = Files.newDirectoryStream(folder)) {
            for (Path card : each) {
                cards.add(describe(card.resolve("information")));
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        cards.sort(null);
        return List.copyOf(cards);
    }

    private static String describe(Path information) throws IOException {
        var words = new StringBuilder();
        for (String line : Files.readAllLines(information, StandardCharsets.ISO_8859_1)) {
            if (TELLING.stream().anyMatch(line::startsWith)) {
                words.append(line.strip().replaceAll("\\s+", " ")).append(';');
            }
        }
        return words.toString();
    }
}
