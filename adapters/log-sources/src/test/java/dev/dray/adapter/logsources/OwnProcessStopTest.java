package dev.dray.adapter.logsources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.outbound.ModelProcess.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnProcessStopTest extends ProcessTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final String FOR_EVER = "while :; do sleep 0.05; done";

    @Nested
    class AskedToEnd {
        @Test
        void itSaysItsLastWords() throws Exception {
            OwnProcess process = script("trap 'echo bye; exit 7' TERM; echo up; " + FOR_EVER);
            CompletableFuture<Exit> ended = started(process);
            log.await("1 up");

            of(stopped(process, LONG));

            assertThat(ended.join().how()).isEqualTo("exited with status 7");
            assertThat(ended.join().lastLines()).startsWith("up").endsWith("bye");
        }

        @Test
        void itIsKilledWhereItDoesNotListen() throws Exception {
            OwnProcess process = script("trap '' TERM; echo up; " + FOR_EVER);
            CompletableFuture<Exit> ended = started(process);
            log.await("1 up");

            of(stopped(process, SHORT));

            assertThat(ended.join().how()).isEqualTo("was killed by signal 9 (SIGKILL)");
        }

        @Test
        void itIsKilledAtTheEarliestOfTwoDeadlines() throws Exception {
            OwnProcess process = script("trap '' TERM; echo up; " + FOR_EVER);
            CompletableFuture<Exit> ended = started(process);
            log.await("1 up");

            CompletableFuture<Void> patient = stopped(process, LONG);
            CompletableFuture<Void> impatient = stopped(process, Duration.ZERO);
            CompletableFuture<Void> late = stopped(process, LONG);

            of(CompletableFuture.allOf(patient, impatient, late));
            assertThat(ended.join().how()).isEqualTo("was killed by signal 9 (SIGKILL)");
        }

        @Test
        void itIsAskedOnlyOnce() throws Exception {
            OwnProcess process = script("trap 'echo asked' TERM; echo up; while [ ! -e go ]; do sleep 0.05; done");
            CompletableFuture<Exit> ended = started(process);
            log.await("1 up");
            CompletableFuture<Void> done = stopped(process, LONG);
            awaitLine("asked");
            CompletableFuture<Void> again = stopped(process, LONG);
            go();

            of(CompletableFuture.allOf(done, again));

            assertThat(ended.join().lastLines()).containsOnlyOnce("asked");
        }
    }

    @Nested
    class ItsChildren {
        @Test
        void endWithItThoughTheyDoNotListen() throws Exception {
            OwnProcess process =
                    script("trap 'exit 0' TERM; sh -c 'trap \"\" TERM; echo child $$ ok; " + FOR_EVER + "' & wait");
            CompletableFuture<Exit> ended = started(process);
            long child = pidAfter("child");

            of(stopped(process, SHORT));

            assertThat(alive(child)).isFalse();
            assertThat(ended.join().how()).isEqualTo("exited with status 0");
        }

        @Test
        void areLeftTheGraceToEndByThemselves() throws Exception {
            OwnProcess process = script("trap 'echo parent gone; exit 0' TERM; "
                    + "(trap 'while [ ! -e go ]; do sleep 0.01; done; exit' TERM; echo child ok; " + FOR_EVER
                    + ") & wait");
            CompletableFuture<Exit> ended = started(process);
            log.await("1 child ok");
            CompletableFuture<Void> done = stopped(process, LONG);
            awaitLine("parent gone");
            assertThat(ended).isNotDone();

            go();

            of(done);
            assertThat(ended.join().how()).isEqualTo("exited with status 0");
        }

        @Test
        void endWithAParentThatDied() throws Exception {
            CompletableFuture<Exit> ended = started(script("sleep 300 & echo child $! ok; exit 3"));
            long child = pidAfter("child");

            assertThat(of(ended).how()).isEqualTo("exited with status 3");
            assertThat(alive(child)).isFalse();
        }

        @Test
        void endThoughTheyMadeASessionOfTheirOwn() throws Exception {
            CompletableFuture<Exit> ended = started(script("setsid sh -c 'echo child $$ ok; exec sleep 300' & "
                    + "while [ ! -e go ]; do sleep 0.01; done; exit 3"));
            long child = pidAfter("child");
            go();

            assertThat(of(ended).how()).isEqualTo("exited with status 3");
            assertThat(alive(child)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void endWithOrWithoutASessionOfItsOwn(boolean ownSession) throws Exception {
            // Again and again: it may see its child gone before it gets the signal itself, and must not end of that.
            String script =
                    "sh -c 'sleep 300 & echo child $! ok; wait' & echo middle $! ok; while :; do wait; sleep 0.05; done";
            OwnProcess process = process(ProcessSettings.of("sh", "-c", script), ownSession);
            CompletableFuture<Exit> ended = started(process);
            long child = pidAfter("child");
            long middle = pidAfter("middle");
            assertThat(alive(child)).isTrue();

            of(stopped(process, LONG));

            assertThat(ended.join().how()).isEqualTo("was killed by signal 15 (SIGTERM)");
            assertThat(alive(middle)).isFalse();
            assertThat(alive(child)).isFalse();
        }

        @Test
        void doNotHoldUpTheEndThoughTheyHidAndHoldTheOutput() throws Exception {
            CompletableFuture<Exit> ended = started(script("env -i \"$(command -v setsid)\" sh -c "
                    + "'echo child $$ ok; exec sleep 300' & while [ ! -e go ]; do sleep 0.01; done; exit 3"));
            long child = pidAfter("child");
            try {
                go();

                assertThat(of(ended).how()).isEqualTo("exited with status 3");
            } finally {
                ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Nested
    class Whenever {
        @RepeatedTest(10)
        void itIsStartingItEndsAndBothAreToldInOrder() throws Exception {
            List<String> told = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch over = new CountDownLatch(1);
            OwnProcess process = process("sleep", "300");

            process.start(log, exit -> told.add("ended"));
            process.stop(LONG, () -> {
                told.add("done");
                over.countDown();
            });

            assertThat(over.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(told).containsExactly("ended", "done");
        }

        @Test
        void nothingRunsItIsDoneAtOnce() throws Exception {
            OwnProcess process = process("true");

            of(stopped(process, LONG));
            ranToItsEnd(process);
            of(stopped(process, LONG));
        }

        @Test
        void itCouldNotBeStartedItIsDoneToo() throws Exception {
            OwnProcess process = process("no-such-model-server");
            CompletableFuture<Exit> ended = started(process);

            of(stopped(process, LONG));

            assertThat(ended).isDone();
        }

        @Test
        void itWasStoppedItMayBeStartedAgain() throws Exception {
            OwnProcess process = script("[ -e go ] && exit 5; echo up; exec sleep 300");
            CompletableFuture<Exit> first = started(process);
            log.await("1 up");
            of(stopped(process, LONG));
            go();

            assertThat(first.join().how()).isEqualTo("was killed by signal 15 (SIGTERM)");
            assertThat(ranToItsEnd(process).how()).isEqualTo("exited with status 5");
        }
    }

    @Nested
    class Closing {
        @Test
        void leavesNobodyBehind() throws Exception {
            OwnProcess process = script("trap '' TERM; echo own $$ ok; sleep 300 & echo child $! ok; " + FOR_EVER);
            CompletableFuture<Exit> ended = started(process);
            long own = pidAfter("own");
            long child = pidAfter("child");

            process.close();

            assertThat(alive(own)).isFalse();
            assertThat(alive(child)).isFalse();
            assertThat(ended).isDone();
            process.close();
        }

        @Test
        void startsNothingAnyMore() throws Exception {
            OwnProcess process = process("echo", "hello");
            process.close();

            assertThat(ranToItsEnd(process).how()).isEqualTo("was stopped before it was started");
            assertThat(log.notes()).isEmpty();
        }

        @Test
        void byWhoeverIsToldOfTheEndReturns() throws Exception {
            OwnProcess process = process("true");
            CompletableFuture<Exit> ended = new CompletableFuture<>();
            process.start(log, exit -> {
                process.close();
                ended.complete(exit);
            });

            assertThat(of(ended).how()).isEqualTo("exited with status 0");
        }
    }
}
