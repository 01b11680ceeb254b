package dev.dray.adapter.logsources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProcessFamilyTest {
    private final AtomicBoolean noFilesLeft = new AtomicBoolean(true);

    @Test
    void isNotGoneWhereNobodyCouldLook() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor(20, TimeUnit.SECONDS)).isTrue();
        var family = new ProcessFamily(handle(ended), "DRAY_TEST=none");
        assertThat(family.gone()).isFalse();

        noFilesLeft.set(false);

        assertThat(family.gone()).isTrue();
    }

    @Test
    void endsThoseItKnowsThoughItCannotLookForMore() throws Exception {
        Process running = sleeping();
        var family = new ProcessFamily(handle(running), "DRAY_TEST=none");

        family.kill();

        assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private static Process sleeping() throws IOException {
        return new ProcessBuilder("sleep", "600").start();
    }

    /// A handle as the JDK's, with its way to say that `/proc` cannot be opened.
    private ProcessHandle handle(Process process) {
        return (ProcessHandle) Proxy.newProxyInstance(
                ProcessHandle.class.getClassLoader(), new Class<?>[] {ProcessHandle.class}, (_, method, arguments) -> {
                    if (method.getName().equals("descendants") && noFilesLeft.get()) {
                        throw new RuntimeException("Too many open files (Unable to open /proc)");
                    }
                    return method.invoke(process.toHandle(), arguments);
                });
    }
}
