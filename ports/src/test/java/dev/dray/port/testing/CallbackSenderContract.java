package dev.dray.port.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.outbound.CallbackSender.Delivery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every [CallbackSender] promises. A minute guards each test against one that tells nothing.
@Timeout(60)
public abstract class CallbackSenderContract {
    private static final Bytes JSON = Bytes.utf8("{\"session_id\": \"A1\"}");

    /// The sender under test; the same one on each call within a test.
    protected abstract CallbackSender sender();

    /// A target that may be used, where somebody answers with this status.
    protected abstract String answering(int status) throws Exception;

    /// A target that may be used, where nobody answers.
    protected abstract String unanswered() throws Exception;

    /// A target that must not be used.
    protected abstract String forbidden();

    @Test
    void tellsWhateverStatusComes() throws Exception {
        for (int status : new int[] {200, 204, 404, 500}) {
            String target = answering(status);

            assertThat(sender().objection(target)).isEmpty();
            assertThat(delivery(target)).isEqualTo(new Delivery.Answered(status));
        }
    }

    @Test
    void tellsWhyNobodyAnswered() throws Exception {
        assertThat(delivery(unanswered()))
                .isInstanceOfSatisfying(
                        Delivery.Failed.class,
                        failed -> assertThat(failed.reason()).isNotBlank());
    }

    @Test
    void objectsToAForbiddenTargetAndPostsNothingThere() throws Exception {
        assertThat(sender().objection(forbidden()))
                .hasValueSatisfying(reason -> assertThat(reason).isNotBlank());
        assertThat(delivery(forbidden())).isInstanceOf(Delivery.Failed.class);
    }

    private Delivery delivery(String target) throws Exception {
        var told = new CompletableFuture<Delivery>();
        var times = new AtomicInteger();
        sender().send(0, new CallbackSender.Callback(target, JSON), delivery -> {
            times.incrementAndGet();
            told.complete(delivery);
        });
        Delivery delivery = told.get(60, TimeUnit.SECONDS);
        assertThat(times).hasValue(1);
        return delivery;
    }
}
