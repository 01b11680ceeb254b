package dev.dray.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.Lifecycle;
import dev.dray.spi.PluginContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PluginLifecycleTest {
    private final LinkedBlockingQueue<String> journal = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final CountDownLatch done = new CountDownLatch(1);

    @Test
    void tellsThatThePluginHasEnteredAndLeavesItThere() throws Exception {
        PluginLifecycle lifecycle = leading(() -> journal.add("enter"), () -> journal.add("exit"));
        var entered = new CountDownLatch(1);

        lifecycle.start(entered::countDown, failure::complete);

        entered.await();
        assertThat(journal).containsExactly("enter");
        assertThat(failure).isNotDone();
        lifecycle.stop(done::countDown);
        done.await();
        assertThat(journal).containsExactly("enter", "exit");
    }

    @Test
    void callsThePluginWithItsOwnClassLoader() throws Exception {
        var loaders = new LinkedBlockingQueue<ClassLoader>();
        Step look = () -> loaders.add(Thread.currentThread().getContextClassLoader());
        PluginLifecycle lifecycle = leading(look, look);

        lifecycle.start(() -> lifecycle.stop(done::countDown), failure::complete);

        done.await();
        assertThat(loaders).hasSize(2).containsOnly(ClassLoader.getPlatformClassLoader());
    }

    @Test
    void tellsWhatEnterThrew() {
        var thrown = new IOException("no GPU");
        PluginLifecycle lifecycle = leading(
                () -> {
                    throw thrown;
                },
                () -> {});

        lifecycle.start(() -> journal.add("entered"), failure::complete);

        assertThat(failure.join()).isSameAs(thrown);
        assertThat(journal).isEmpty();
    }

    @Test
    void tellsAnErrorOfAPluginBuiltForAnotherVersion() {
        PluginLifecycle lifecycle = leading(
                () -> {
                    throw new NoSuchMethodError("gone");
                },
                () -> {});

        lifecycle.start(() -> journal.add("entered"), failure::complete);

        assertThat(failure.join()).isInstanceOf(NoSuchMethodError.class);
    }

    @Test
    void interruptsAnEnterThatWaitsAndExitsOnlyAfterIt() throws Exception {
        var inside = new CountDownLatch(1);
        PluginLifecycle lifecycle = leading(
                () -> {
                    inside.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        journal.add("left enter");
                    }
                },
                () -> journal.add("exit"));
        lifecycle.start(() -> journal.add("entered"), failure::complete);
        inside.await();

        lifecycle.stop(done::countDown);

        done.await();
        assertThat(journal).containsExactly("left enter", "exit");
        assertThat(failure.join()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void stopsRightAfterTheStartWithoutLosingTheInterrupt() throws Exception {
        PluginLifecycle lifecycle = leading(() -> new CountDownLatch(1).await(), () -> journal.add("exit"));

        lifecycle.start(() -> journal.add("entered"), failure::complete);
        lifecycle.stop(done::countDown);

        done.await();
        assertThat(journal).containsExactly("exit");
    }

    @Test
    void anExitDoesNotInterruptWhatTheWorkerDoesAfterAFailure() {
        var started = new CountDownLatch(1);
        PluginLifecycle lifecycle = leading(
                () -> {
                    started.await();
                    throw new IOException("no GPU");
                },
                () -> journal.add("exit"));
        var followed = new CompletableFuture<Boolean>();

        lifecycle.start(() -> journal.add("entered"), _ -> {
            lifecycle.stop(done::countDown);
            try {
                done.await();
                followed.complete(true);
            } catch (InterruptedException hit) {
                followed.complete(false);
            }
        });
        started.countDown();

        assertThat(followed.join()).isTrue();
        assertThat(journal).containsExactly("exit");
    }

    @Test
    void whatIsLeftOfAnInterruptStaysWithThePlugin() {
        PluginLifecycle lifecycle = leading(
                () -> {
                    throw new InterruptedException("by the plugin's own doing");
                },
                () -> {});
        var interrupted = new CompletableFuture<Boolean>();

        lifecycle.start(
                () -> journal.add("entered"),
                _ -> interrupted.complete(Thread.currentThread().isInterrupted()));

        assertThat(interrupted.join()).isFalse();
    }

    @Test
    void anExitThatThrowsIsOverAllTheSame() throws Exception {
        PluginLifecycle lifecycle = leading(() -> journal.add("enter"), () -> {
            journal.add("exit");
            throw new IllegalStateException("will not go");
        });
        var entered = new CountDownLatch(1);
        lifecycle.start(entered::countDown, failure::complete);
        entered.await();

        lifecycle.stop(done::countDown);

        done.await();
        assertThat(journal).containsExactly("enter", "exit");
    }

    /// One of the two things a life cycle does.
    private interface Step {
        void run() throws Exception;
    }

    private static PluginLifecycle leading(Step enter, Step exit) {
        return new PluginLifecycle(entry(), new Lifecycle() {
            @Override
            public void enter() throws Exception {
                enter.run();
            }

            @Override
            public void exit() throws Exception {
                exit.run();
            }
        });
    }

    private static PluginEntry entry() {
        BackendPlugin plugin = new BackendPlugin() {
            @Override
            public String id() {
                return "small";
            }

            @Override
            public Backend start(PluginContext context) {
                throw new AssertionError("started already");
            }
        };
        ClassLoader loader = ClassLoader.getPlatformClassLoader();
        return new PluginEntry("small", Set.of(), "1", Path.of("small.jar"), true, plugin, loader);
    }
}
