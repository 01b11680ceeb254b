package dev.dray.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.app.plugin.Containment.Result;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ContainmentTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ClassLoader loader = ClassLoader.getPlatformClassLoader();

    @Test
    void aCallThatDoesNotReturnIsGivenUpAndItsPlaceNamed() {
        var never = new CountDownLatch(1);

        Result<String> result = Containment.within(Duration.ofMillis(20), "start", loader, () -> {
            never.await();
            return "late";
        });

        assertThat(result).isInstanceOfSatisfying(Result.Threw.class, threw -> {
            assertThat(threw.fault()).isInstanceOf(TimeoutException.class);
            assertThat(threw.reason()).startsWith("start did not return within 0 s; it is ");
        });
        never.countDown();
    }

    @Test
    void aCallInTimeHasItsOwnLoaderAndADaemonThread() {
        Result<String> result = Containment.within(LONG, "id", loader, () -> {
            Thread thread = Thread.currentThread();
            assertThat(thread.getContextClassLoader()).isEqualTo(loader);
            assertThat(thread.isDaemon()).isTrue();
            return thread.getName();
        });

        assertThat(result).isEqualTo(new Result.Returned<>("dray-plugin-id"));
    }

    @Test
    void whatACallThrowsIsAValue() {
        Result<String> result = Containment.within(LONG, "id", loader, () -> {
            throw new StackOverflowError("deep");
        });

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Threw.class, threw -> assertThat(threw.reason()).isEqualTo("StackOverflowError: deep"));
    }
}
