package dev.dray.adapter.statefiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.outbound.OutcomeJournal;
import dev.dray.port.outbound.OutcomeJournal.Recovered;
import dev.dray.port.testing.OutcomeJournalContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileOutcomeJournalTest extends OutcomeJournalContract {
    private static final String PREFIX = "3000-C.1234";
    private static final long CONTAINER = 1234;

    private final Path directory;
    private final Path file;

    FileOutcomeJournalTest(@TempDir Path folder) {
        directory = folder.resolve("state/dray");
        file = directory.resolve(PREFIX + "-outcomes.log");
    }

    @Override
    protected OutcomeJournal open() {
        return open(directory);
    }

    private static OutcomeJournal open(Path directory) {
        return new FileOutcomeJournal(directory, PREFIX, CONTAINER, CLOCK);
    }

    @Test
    void outlivesAProcessThatIsKilledAfterAFlush(@TempDir Path copy) throws IOException {
        try (OutcomeJournal journal = open()) {
            journal.admitted(1, "open");
            journal.ended(2, "owed");
            journal.flush();
            Files.copy(file, copy.resolve(file.getFileName()));
        }

        try (OutcomeJournal next = open(copy)) {
            assertThat(texts(next.recovered().open())).containsExactly("open");
            assertThat(texts(next.recovered().outcomes())).containsExactly("owed");
        }
    }

    @Test
    void flushesByItself() {
        try (OutcomeJournal journal = open()) {
            journal.ended(1, "owed");

            until(() -> Files.exists(file) && size(file) > 0);
        }
    }

    @Test
    void writesNothingOfWhatBeginsAndEndsBetweenTwoFlushes() {
        try (OutcomeJournal journal = open()) {
            journal.admitted(1, "in");
            journal.ended(1, "out");
            journal.settled(1);
            journal.flush();

            assertThat(file).doesNotExist();
        }
    }

    /// Wherever a crash cuts the file, all whole lines before the cut are there.
    @Test
    void survivesATornLastLine(@TempDir Path copy) throws IOException {
        try (OutcomeJournal journal = open()) {
            IntStream.rangeClosed(1, 4).forEach(i -> journal.ended(i, "outcome " + i));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 0; cut <= whole.length; cut++) {
            Path torn = Files.createDirectories(copy.resolve("cut" + cut));
            byte[] rest = Arrays.copyOf(whole, cut);
            Files.write(torn.resolve(file.getFileName()), rest);
            long lines = new String(rest, StandardCharsets.UTF_8).lines().count();
            boolean clean = cut == 0 || rest[cut - 1] == '\n';

            try (OutcomeJournal next = open(torn)) {
                long good = clean ? lines : lines - 1;
                assertThat(texts(next.recovered().outcomes()))
                        .isEqualTo(LongStream.rangeClosed(1, good)
                                .mapToObj(i -> "outcome " + i)
                                .toList());
                assertThat(next.recovered().unusable()).isEqualTo(clean ? 0 : 1);
            }
        }
    }

    @Test
    void goesOnWritingBehindATornLine() throws IOException {
        try (OutcomeJournal journal = open()) {
            journal.ended(1, "whole");
        }
        Files.writeString(file, "0badc0de E 1234 2 17", StandardOpenOption.APPEND);
        try (OutcomeJournal journal = open()) {
            journal.ended(1, "after");
        }

        Recovered recovered = recovered();

        assertThat(texts(recovered.outcomes())).containsExactly("whole", "after");
        assertThat(recovered.unusable()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "garbage\n",
                "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\n",
                "zzzzzzzz E 1234 9 1795435200123 x\n",
                "00000000 E 1234 9 1795435200123 x\n",
                "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\n"
            })
    void skipsGarbage(String garbage) throws IOException {
        try (OutcomeJournal journal = open()) {
            journal.ended(1, "before");
            journal.flush();
            Files.writeString(file, garbage, StandardOpenOption.APPEND);
            journal.ended(2, "after");
        }

        Recovered recovered = recovered();

        assertThat(texts(recovered.outcomes())).containsExactly("before", "after");
        assertThat(recovered.unusable()).isEqualTo(1);
    }

    @Test
    void skipsALineWithoutEnd() throws IOException {
        try (OutcomeJournal journal = open()) {
            journal.ended(1, "before");
        }
        Files.writeString(file, "x".repeat(1 << 20), StandardOpenOption.APPEND);

        assertThat(texts(recovered().outcomes())).containsExactly("before");
    }

    @Test
    void dropsAndCountsWhatAnotherContainerLeft() {
        try (OutcomeJournal journal = open()) {
            journal.admitted(1, "in");
            journal.ended(1, "out");
            journal.admitted(2, "open");
        }

        try (var other = new FileOutcomeJournal(directory, PREFIX, 99, CLOCK)) {
            assertThat(other.recovered()).isEqualTo(new Recovered(List.of(), List.of(), 2));
        }
    }

    @Test
    void dropsAndCountsWhatIsOlderThanAnHour() {
        try (OutcomeJournal journal = open()) {
            journal.ended(1, "old");
            journal.admitted(2, "old");
        }
        InstantSource later = InstantSource.fixed(NOW.plus(Duration.ofMinutes(59)));
        try (var journal = new FileOutcomeJournal(directory, PREFIX, CONTAINER, later)) {
            assertThat(journal.recovered().outcomes()).hasSize(1);
            journal.ended(1, "young");
        }

        InstantSource muchLater = InstantSource.fixed(NOW.plus(Duration.ofMinutes(61)));
        try (var journal = new FileOutcomeJournal(directory, PREFIX, CONTAINER, muchLater)) {
            assertThat(texts(journal.recovered().outcomes())).containsExactly("young");
            assertThat(journal.recovered().unusable()).isEqualTo(2);
        }
    }

    @Test
    void keepsWorkersApart() {
        try (OutcomeJournal journal = open();
                OutcomeJournal neighbour = new FileOutcomeJournal(directory, "3001-C.1234", CONTAINER, CLOCK)) {
            journal.ended(1, "mine");
            neighbour.ended(1, "theirs");
        }

        assertThat(texts(recovered().outcomes())).containsExactly("mine");
    }

    @Test
    void leavesAloneWhatAnotherProcessUses() {
        try (OutcomeJournal first = open()) {
            first.admitted(1, "open in the first");
            first.flush();
            try (OutcomeJournal second = open()) {
                assertThat(second.recovered()).isEqualTo(new Recovered(List.of(), List.of(), 0));
                second.ended(1, "of the second");
            }
            first.ended(1, "of the first");
        }

        assertThat(texts(recovered().outcomes())).containsExactly("of the first");
    }

    @Test
    void goesOnInMemoryWhereNothingCanBeWritten() throws IOException {
        Files.createDirectories(directory.getParent());
        // A file where the directory should be: fails for root too, whom permissions do not stop.
        Files.writeString(directory, "in the way");

        try (OutcomeJournal journal = open()) {
            journal.admitted(1, "in");
            journal.ended(1, "out");
            journal.flush();
            journal.settled(1);
            assertThat(journal.recovered().unusable()).isZero();
        }

        assertThat(directory).hasContent("in the way");
    }

    @Test
    void writesAllOfItOnceTheDiskIsBack(@TempDir Path aside) throws IOException {
        try (OutcomeJournal journal = open()) {
            journal.ended(1, "before");
            journal.flush();
            Path moved = aside.resolve("moved");
            Files.move(directory, moved);
            Files.writeString(directory, "in the way");
            // The file that is open still takes lines; the failure shows when it is replaced.
            IntStream.rangeClosed(2, 2_000).forEach(i -> journal.ended(i, "x".repeat(5_000)));
            journal.flush();
            IntStream.rangeClosed(2, 2_000).forEach(journal::settled);
            journal.flush();
            Files.delete(directory);
            Files.move(moved, directory);
            journal.ended(2_001, "after");
        }

        assertThat(texts(recovered().outcomes())).containsExactly("before", "after");
    }

    @Test
    void startsAnewWhereTheFileIsADirectory() throws IOException {
        Files.createDirectories(file.resolve("not-empty"));

        try (OutcomeJournal journal = open()) {
            journal.ended(1, "kept in memory");
            journal.flush();
            assertThat(journal.recovered().outcomes()).isEmpty();
        }
    }

    @Test
    void doesNotGrowForEver() {
        String text = "x".repeat(1_000);
        try (OutcomeJournal journal = open()) {
            for (int round = 0; round < 30; round++) {
                long from = round * 1_000L + 1;
                LongStream.range(from, from + 1_000).forEach(number -> journal.ended(number, text));
                journal.flush();
                LongStream.range(from, from + 1_000).forEach(journal::settled);
            }
            journal.flush();

            assertThat(size(file)).isLessThan(12L << 20);
        }

        assertThat(recovered().outcomes()).isEmpty();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }

    private static void until(BooleanSupplier condition) {
        for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
