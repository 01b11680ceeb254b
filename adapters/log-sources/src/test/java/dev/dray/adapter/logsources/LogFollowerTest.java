package dev.dray.adapter.logsources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.logsources.FollowedFile.From;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
    private final RecordingObserver observer = new RecordingObserver();
    private final List<LogFollower> followers = new ArrayList<>();
    private final Path folder;

    LogFollowerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void close() {
        followers.forEach(LogFollower::close);
    }

    @Nested
    class WhatStandsThereAtTheStart {
        @Test
        void isToldAsOldThenNewLinesFollow() throws Exception {
            write("loading\nready\n");
            LogFollower follower = follow(From.START);

            append("serving\n");

            follower.look();
            assertThat(observer.notes())
                    .containsExactly("run", "1 loading (old)", "2 ready (old)", "caught up", "3 serving");
            assertThat(observer.sources()).containsExactly(log().toString());
        }

        @Test
        void isSkippedFromTheEnd() throws Exception {
            write("loading\nready\n");
            LogFollower follower = follow(From.END);

            append("serving\n");

            follower.look();
            assertThat(observer.notes()).containsExactly("run", "caught up", "1 serving");
        }

        @Test
        void growsUnderTheSameNumberWhereItsLastLineHasNoEnd() throws Exception {
            write("loading\nApplication");
            LogFollower follower = follow(From.START);

            append(" startup complete.\n");

            follower.look();
            assertThat(observer.notes())
                    .containsExactly(
                            "run",
                            "1 loading (old)",
                            "2 Application (old)",
                            "caught up",
                            "2 Application startup complete.");
        }

        @Test
        void isReadToItsEndHoweverLong() throws Exception {
            int count = 50_000;
            var text = new StringBuilder();
            for (int i = 1; i <= count; i++) {
                text.append("a line of the model server's log, number ")
                        .append(i)
                        .append('\n');
            }
            write(text.toString());

            follow(From.START);

            assertThat(observer.lines()).hasSize(count);
            assertThat(observer.notes())
                    .endsWith(count + " a line of the model server's log, number " + count + " (old)", "caught up");
        }
    }

    @Nested
    class AFileThatIsAbsentAtFirst {
        @Test
        void isReadFromItsFirstByteAsNewOnceItIsThere() throws Exception {
            LogFollower follower = follow(From.START);

            write("loading\n");
            follower.look();
            assertThat(observer.notes()).containsExactly("run", "caught up", "1 loading");
        }

        @Test
        void isReadFromItsFirstByteAlsoWhereFollowingFromTheEnd() throws Exception {
            LogFollower follower = follow(From.END);
            follower.look();

            write("loading\n");

            follower.look();
            assertThat(observer.notes()).containsExactly("run", "caught up", "1 loading");
        }

        @Test
        void mayLieInAFolderThatIsAbsentToo() throws Exception {
            Path deep = folder.resolve("var/log/portal/vllm.log");
            LogFollower follower = follow(deep, From.START);
            follower.look();

            Files.createDirectories(deep.getParent());
            Files.writeString(deep, "loading\n");

            follower.look();
            assertThat(observer.notes()).containsExactly("run", "caught up", "1 loading");
        }

        @Test
        void isWaitedForWhileAFolderLiesInItsPlace() throws Exception {
            Files.createDirectory(log());
            LogFollower follower = follow(From.START);
            follower.look();

            Files.delete(log());
            write("loading\n");

            follower.look();
            assertThat(observer.notes()).containsExactly("run", "caught up", "1 loading");
        }
    }

    @Nested
    class LinesInPieces {
        @Test
        void areToldAsTheyStandByteByByte() throws Exception {
            write("");
            LogFollower follower = follow(From.START);

            String line = "größe 🔑 ready";
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            for (byte b : bytes) {
                Files.write(log(), new byte[] {b}, StandardOpenOption.APPEND);
                follower.look();
            }

            follower.look();
            assertThat(observer.lines()).allSatisfy(told -> {
                assertThat(told.number()).isEqualTo(1);
                assertThat(line).startsWith(told.text());
            });
            assertThat(observer.notes()).contains("1 gr", "1 grö").endsWith("1 " + line);
        }

        @Test
        void areReadAtAGlanceToo() throws Exception {
            write("loading\n");
            LogFollower follower = follow(From.START);

            append("ready\n");

            follower.glance();
            assertThat(observer.notes()).containsExactly("run", "1 loading (old)", "caught up", "2 ready");
        }

        @Test
        void areToldWhileTheirEndIsStillMissing() throws Exception {
            write("");
            LogFollower follower = follow(From.START);

            append("Application startup complete.");

            follower.look();
            assertThat(observer.notes()).containsExactly("run", "caught up", "1 Application startup complete.");
        }
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
