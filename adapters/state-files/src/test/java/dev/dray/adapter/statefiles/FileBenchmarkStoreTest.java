package dev.dray.adapter.statefiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.dray.port.outbound.BenchmarkStore;
import dev.dray.port.testing.BenchmarkStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileBenchmarkStoreTest extends BenchmarkStoreContract {
    private final Path directory;
    private final FileBenchmarkStore store;

    FileBenchmarkStoreTest(@TempDir Path folder) {
        directory = folder.resolve("state/dray");
        store = new FileBenchmarkStore(directory, "3000-C.1234");
    }

    @Override
    protected BenchmarkStore store() {
        return store;
    }

    @Test
    void outlivesARestart() {
        store.save("vllm", RESULT);

        var restarted = new FileBenchmarkStore(directory, "3000-C.1234");

        assertThat(restarted.load("vllm")).contains(RESULT);
    }

    @Test
    void keepsWorkersApart() {
        store.save("vllm", RESULT);

        var neighbour = new FileBenchmarkStore(directory, "3001-C.1234");

        assertThat(neighbour.load("vllm")).isEmpty();
    }

    @Test
    void namesFilesByWorkerAndNothingAPrefixSmugglesIn() throws Exception {
        var odd = new FileBenchmarkStore(directory, "../3000/C 1");
        odd.save("vllm", RESULT);

        assertThat(files()).singleElement().asString().matches("\\.\\._3000_C_1-benchmark-[0-9a-f]{32}\\.json");
        assertThat(odd.load("vllm")).contains(RESULT);
    }

    @Test
    void leavesNothingBesideTheFile() throws Exception {
        store.save("vllm", RESULT);
        store.save("vllm", RESULT);

        assertThat(files()).singleElement().asString().endsWith(".json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "{\"key\":\"vllm\"}"})
    void takesACorruptFileForAbsentAndReplacesIt(String corrupt) throws Exception {
        store.save("vllm", RESULT);
        Files.writeString(onlyFile(), corrupt);

        assertThat(store.load("vllm")).isEmpty();

        store.save("vllm", RESULT);
        assertThat(store.load("vllm")).contains(RESULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"units-per-second\" : | \"units-per-second\" : -",
                "700\\.1                 | null",
                "2026-11-23             | yesterday",
                "\"p50\" : 1,            | \"p50\" : 900000000000,",
                "\"max\" : 3             | \"max\" : -3"
            })
    void takesAResultThatCannotBeForAbsent(String found, String instead) throws Exception {
        store.save("vllm", RESULT);
        String kept = Files.readString(onlyFile());

        String corrupt = kept.replaceFirst(found, instead);

        assertThat(corrupt).isNotEqualTo(kept);
        Files.writeString(onlyFile(), corrupt);
        assertThat(store.load("vllm")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"first-byte-nanos\" : \\{[^}]*},",
                "\"end-to-end-nanos\" : \\{[^}]*},",
                "\"p50\" : \\d+,",
                "\"p99\" : \\d+,"
            })
    void takesAFileOfAnOlderVersionForAbsent(String field) throws Exception {
        store.save("vllm", RESULT);
        String kept = Files.readString(onlyFile());

        String older = kept.replaceFirst(field, "");

        assertThat(older).isNotEqualTo(kept);
        Files.writeString(onlyFile(), older);
        assertThat(store.load("vllm")).isEmpty();
    }

    @Test
    void takesAResultOfAnotherKeyForAbsent() throws Exception {
        store.save("vllm", RESULT);
        Path file = onlyFile();

        Files.writeString(file, Files.readString(file).replace("vllm", "tgi"));

        assertThat(store.load("vllm")).isEmpty();
    }

    @Test
    void takesAHugeFileForAbsent() throws Exception {
        store.save("vllm", RESULT);
        Path file = onlyFile();

        Files.writeString(file, Files.readString(file) + " ".repeat(1 << 20));

        assertThat(store.load("vllm")).isEmpty();
    }

    @Test
    void takesADirectoryInItsPlaceForAbsentAndGoesOn() throws Exception {
        store.save("vllm", RESULT);
        Path file = onlyFile();
        Files.delete(file);
        Files.createDirectories(file.resolve("not-empty"));

        assertThat(store.load("vllm")).isEmpty();
        assertThatCode(() -> store.save("vllm", RESULT)).doesNotThrowAnyException();
        assertThat(files()).containsExactly(file.getFileName());
    }

    @Test
    void goesOnWhereNothingCanBeWritten() throws Exception {
        Files.createDirectories(directory.getParent());
        // A file where the directory should be: fails for root too, whom permissions do not stop.
        Files.writeString(directory, "in the way");

        assertThatCode(() -> store.save("vllm", RESULT)).doesNotThrowAnyException();
        assertThat(store.load("vllm")).isEmpty();
    }

    private Path onlyFile() throws IOException {
        return directory.resolve(files().getFirst());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.map(Path::getFileName).toList();
        }
    }
}
