package dev.dray.adapter.logsources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.logsources.FollowedFile.From;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewRunTest {
    private final RecordingObserver observer = new RecordingObserver();
    private final List<LogFollower> followers = new ArrayList<>();
    private final Path folder;

    NewRunTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void close() {
        followers.forEach(LogFollower::close);
    }

    @Test
    void beginsAfterTheOldFileWasReadToItsEnd() throws Exception {
        write("old run\n");
        LogFollower follower = follow(From.START);

        // Written and renamed in one go, so that the rest may lie unread when the new file is found.
        append("last words\nand a line without end");
        Files.move(log(), folder.resolve("vllm.log.old"));
        write("new run\n");

        follower.look();
        assertThat(observer.notes())
                .containsExactly(
                        "run",
                        "1 old run (old)",
                        "caught up",
                        "2 last words",
                        "3 and a line without end",
                        "run",
                        "caught up",
                        "1 new run");
    }

    @Test
    void isNotBegunByARenameAlone() throws Exception {
        write("old run\n");
        Path renamed = folder.resolve("vllm.log.old");
        LogFollower follower = follow(From.START);

        Files.move(log(), renamed);
        follower.look();
        Files.writeString(renamed, "last words\n", StandardOpenOption.APPEND);
        follower.look();
        write("new run\n");

        follower.look();
        assertThat(observer.notes())
                .containsExactly(
                        "run", "1 old run (old)", "caught up", "2 last words", "run", "caught up", "1 new run");
    }

    @Test
    void beginsWhenAnotherFileIsMovedIntoPlace() throws Exception {
        write("old run\n");
        LogFollower follower = follow(From.START);

        Path next = Files.writeString(folder.resolve("next"), "new run\n");
        Files.move(next, log(), StandardCopyOption.REPLACE_EXISTING);

        follower.look();
        assertThat(observer.notes())
                .containsExactly("run", "1 old run (old)", "caught up", "run", "caught up", "1 new run");
    }

    @Test
    void beginsWhenADeletedFileIsBack() throws Exception {
        write("old run\n");
        LogFollower follower = follow(From.START);

        Files.delete(log());
        follower.look();
        write("new run\n");

        follower.look();
        assertThat(observer.notes())
                .containsExactly("run", "1 old run (old)", "caught up", "run", "caught up", "1 new run");
    }

    @Test
    void beginsWhenTheFileIsTruncatedInPlace() throws Exception {
        write("old run, a long line\n");
        LogFollower follower = follow(From.START);

        try (FileChannel file = FileChannel.open(log(), StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
        append("new\n");

        follower.look();
        assertThat(observer.notes())
                .containsExactly("run", "1 old run, a long line (old)", "caught up", "run", "caught up", "1 new");
    }

    @Test
    void beginsWhenTheFileIsRewrittenShorter() throws Exception {
        write("old run, a long line\nand an unfinished one");
        LogFollower follower = follow(From.START);

        try (OutputStream file = Files.newOutputStream(log())) {
            file.write("new\n".getBytes(StandardCharsets.UTF_8));
        }

        follower.look();
        assertThat(observer.notes()).endsWith("run", "caught up", "1 new");
    }

    @Test
    void isNotBegunByTheSameFileComingBack() throws Exception {
        write("old run\n");
        LogFollower follower = follow(From.START);

        Files.move(log(), folder.resolve("aside"));
        follower.look();
        Files.move(folder.resolve("aside"), log());
        append("and on\n");

        follower.look();
        assertThat(observer.notes()).containsExactly("run", "1 old run (old)", "caught up", "2 and on");
    }

    @Test
    void beginsManyTimes() throws Exception {
        LogFollower follower = follow(From.START);
        for (int run = 1; run <= 5; run++) {
            Path next = Files.writeString(folder.resolve("next"), "run " + run + "\n");
            Files.move(next, log(), StandardCopyOption.REPLACE_EXISTING);
            follower.look();
        }

        assertThat(observer.sources()).hasSize(5);
    }

    private LogFollower follow(From from) throws IOException {
        return follow(log(), from);
    }

    private LogFollower follow(Path path, From from) throws IOException {
        var follower = new LogFollower(path, from, new GuardedObserver(observer));
        followers.add(follower);
        follower.look();
        return follower;
    }

    private Path log() {
        return folder.resolve("vllm.log");
    }

    private void write(String text) throws IOException {
        Files.writeString(log(), text, StandardOpenOption.CREATE_NEW);
    }

    private void append(String text) throws IOException {
        Files.writeString(log(), text, StandardOpenOption.APPEND);
    }
}
