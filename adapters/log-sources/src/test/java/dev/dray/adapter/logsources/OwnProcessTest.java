package dev.dray.adapter.logsources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.port.outbound.ModelProcess.Exit;
import dev.dray.port.outbound.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnProcessTest extends ProcessTest {
    @Nested
    class ItsOutput {
        @Test
        void isTheLogWithBothStreamsInOne() throws Exception {
            Exit exit = ranToItsEnd(script("echo one; echo two >&2; echo three; exit 3"));

            assertThat(log.notes()).containsExactly("run", "caught up", "1 one", "2 two", "3 three");
            assertThat(exit).isEqualTo(new Exit("exited with status 3", List.of("one", "two", "three")));
            assertThat(passedOn.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\nthree\n");
        }

        @Test
        void beginsWithTheCommandWithoutItsKeys() throws Exception {
            ranToItsEnd(process("echo", "--api-key", "s3cret"));

            assertThat(log.sources()).containsExactly("echo --api-key ***");
            assertThat(log.notes()).contains("1 --api-key s3cret");
        }

        @Test
        void isToldInPiecesAsItComes() throws Exception {
            CompletableFuture<Exit> ended = started(
                    script("printf Application; while [ ! -e go ]; do sleep 0.01; done; printf ' startup\\nnext'"));
            log.await("1 Application");
            go();

            assertThat(of(ended).lastLines()).containsExactly("Application startup", "next");
            assertThat(log.notes())
                    .containsExactly("run", "caught up", "1 Application", "1 Application startup", "2 next");
        }

        @Test
        void isPassedOnByteForByteAndReadLeniently() throws Exception {
            Exit exit = ranToItsEnd(script("printf 'a\\377b\\rc\\r\\nd'"));

            assertThat(exit.lastLines()).containsExactly("ab", "c", "d");
            assertThat(passedOn.toByteArray()).containsExactly('a', 0xff, 'b', '\r', 'c', '\r', '\n', 'd');
        }

        @Test
        void isToldWholeHoweverFast() throws Exception {
            Exit exit = ranToItsEnd(process("seq", "1000"));

            assertThat(finished(log.lines())).isEqualTo(numbers(1, 1_000));
            assertThat(exit.lastLines()).isEqualTo(numbers(501, 1_000));
        }

        @Test
        void isReadOnThoughItsObserverFails() throws Exception {
            CompletableFuture<Exit> ended = new CompletableFuture<>();
            script("echo one; echo two").start(new Failing(), ended::complete);

            assertThat(of(ended).lastLines()).containsExactly("one", "two");
        }

        @Test
        void isReadOnThoughNobodyTakesWhatIsPassedOn() throws Exception {
            OutputStream broken = new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    throw new IOException("nobody there");
                }
            };
            try (OwnProcess process = new OwnProcess(ProcessSettings.of("seq", "3"), broken, System::nanoTime)) {
                assertThat(ranToItsEnd(process).lastLines()).containsExactly("1", "2", "3");
            }
        }

        private static List<String> numbers(int from, int to) {
            return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
        }

        /// The last text told under each number.
        private static List<String> finished(List<LogLine> told) {
            return IntStream.range(0, told.size())
                    .filter(i -> i + 1 == told.size()
                            || told.get(i).number() != told.get(i + 1).number())
                    .mapToObj(i -> told.get(i).text())
                    .toList();
        }

        private record Failing() implements ObserveModelLog {
            @Override
            public void runBegan(String source) {
                throw new IllegalStateException("run");
            }

            @Override
            public void line(LogLine line) {
                throw new IllegalStateException("line");
            }

            @Override
            public void caughtUp() {
                throw new IllegalStateException("caught up");
            }
        }
    }

    @Nested
    class ItsStart {
        @Test
        void takesNoShellNoInputAndTheWorkingDirectory() throws Exception {
            Files.writeString(folder.resolve("show.sh"), "#!/bin/sh\ncat\necho \"$1\"\npwd -P\n");
            assertThat(folder.resolve("show.sh").toFile().setExecutable(true)).isTrue();

            Exit exit = ranToItsEnd(process("./show.sh", "$HOME; * 'x'"));

            assertThat(exit.lastLines())
                    .containsExactly("$HOME; * 'x'", folder.toRealPath().toString());
        }

        @Test
        void givesTheEnvironmentOfDray() throws Exception {
            assertThat(ranToItsEnd(script("echo \"$PATH\"")).lastLines()).containsExactly(System.getenv("PATH"));
        }

        @Test
        void failsWithoutAProgram() throws Exception {
            Exit exit = ranToItsEnd(process("no-such-model-server", "--port", "1"));

            assertThat(exit.how())
                    .startsWith("could not be started: there is no program 'no-such-model-server' in PATH")
                    .contains("; expected one; install it");
            assertThat(exit.lastLines()).isEmpty();
            assertThat(log.notes()).isEmpty();
        }

        @Test
        void failsWithoutTheFileNamed() throws Exception {
            assertThat(ranToItsEnd(process("bin/serve")).how())
                    .startsWith("could not be started: there is no file '" + folder.resolve("bin/serve") + "'");
        }

        @Test
        void failsWhereTheFileIsNoProgram() throws Exception {
            Files.writeString(folder.resolve("serve"), "text");

            assertThat(ranToItsEnd(process("./serve")).how())
                    .startsWith("could not be started: '")
                    .contains("is not a program that dray may run", "chmod +x");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void failsWhereTheInterpreterIsMissing(boolean ownSession) throws Exception {
            Files.writeString(folder.resolve("serve"), "#!/no/such/python\n");
            assertThat(folder.resolve("serve").toFile().setExecutable(true)).isTrue();

            assertThat(ranToItsEnd(process(ProcessSettings.of("./serve").in(folder), ownSession))
                            .how())
                    .startsWith("could not be started: the system refused to run it")
                    .contains("correct 'model.command'");
        }

        @Test
        void failsWithoutTheWorkingDirectory() throws Exception {
            Path missing = folder.resolve("missing");

            assertThat(ranToItsEnd(process(ProcessSettings.of("true").in(missing), true))
                            .how())
                    .startsWith("could not be started: its working directory '" + missing + "' is not a folder");
        }

        @Test
        void refusesACommandThatNamesNothing() {
            assertThatIllegalArgumentException()
                    .isThrownBy(ProcessSettings::of)
                    .withMessageContaining("'model.command' names no program; expected");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProcessSettings.of("echo", "a\0b"))
                    .withMessageContaining("NUL");
        }

        @Test
        void isRefusedWhileOneRuns() throws Exception {
            OwnProcess process = script("echo up; exec sleep 300");
            CompletableFuture<Exit> ended = started(process);
            log.await("1 up");

            assertThatIllegalStateException()
                    .isThrownBy(() -> process.start(log, exit -> {}))
                    .withMessageContaining("is running; expected none");
            assertThat(ended).isNotDone();
        }

        @Test
        void mayFollowTheEndOfTheRunBeforeAtOnce() throws Exception {
            OwnProcess process = process("echo", "hello");
            CompletableFuture<Exit> second = new CompletableFuture<>();
            process.start(log, first -> process.start(log, second::complete));

            assertThat(of(second)).isEqualTo(new Exit("exited with status 0", List.of("hello")));
            assertThat(log.notes()).containsExactly("run", "caught up", "1 hello", "run", "caught up", "1 hello");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 0|exited with status 0",
                "exit 1|exited with status 1",
                "exit 127|exited with status 127",
                "exit 255|exited with status 255",
                "kill -KILL $$|was killed by signal 9 (SIGKILL)",
                "kill -TERM $$|was killed by signal 15 (SIGTERM)",
                "kill -ABRT $$|was killed by signal 6 (SIGABRT)"
            })
    void saysHowItEnded(String script, String how) throws Exception {
        assertThat(ranToItsEnd(script("ulimit -c 0; " + script)).how()).isEqualTo(how);
    }

    @Nested
    class AFaultOfItsKeeper {
        @Test
        void isToldAsItsEnd() throws Exception {
            var faulty = new AtomicBoolean(true);
            OwnProcess process = process(ticker(faulty));

            Exit exit = ranToItsEnd(process);

            assertThat(exit.how()).isEqualTo("was killed after a fault of dray's own, %s", new IllegalStateException());
            of(stopped(process, LONG));
        }

        /// Fails once.
        private static Ticker ticker(AtomicBoolean faulty) {
            return () -> {
                if (faulty.getAndSet(false)) {
                    throw new IllegalStateException();
                }
                return System.nanoTime();
            };
        }
    }
}
