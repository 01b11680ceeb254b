package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.controlplanevast.Conversation.Delivery;
import dev.dray.adapter.controlplanevast.Conversation.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Pace PACE = new Pace(
            Duration.ofSeconds(5),
            3,
            Duration.ofMillis(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final FakeAutoscaler first = new FakeAutoscaler();
    private final FakeAutoscaler second = new FakeAutoscaler();
    private final PlatformClient client = new PlatformClient(Duration.ofSeconds(5));
    private final Conversation conversation = new Conversation(
            List.of(first.address(), second.address()),
            "/worker_status/",
            client,
            new Timekeeper(nanos::get, InstantSource.system(), PACE));

    @AfterEach
    void close() {
        client.close();
        first.close();
        second.close();
    }

    @Test
    void staysWithTheAddressThatAnsweredLast() {
        first.status = 500;
        assertThat(post().address()).isEqualTo(second.address());
        first.status = 200;

        assertThat(post().address()).isEqualTo(second.address());

        assertThat(first.refused).hasSize(3);
    }

    @Test
    void comesBackToTheFirstAddressAfterAMinute() {
        first.status = 500;
        post();
        first.status = 200;
        pass(Duration.ofSeconds(61));

        assertThat(post().address()).isEqualTo(first.address());
        assertThat(post().address()).isEqualTo(first.address());
    }

    @Test
    void asksTheFirstAddressOnceAMinuteWhileItIsDown() {
        first.status = 500;
        post();
        pass(Duration.ofSeconds(61));

        assertThat(post().address()).isEqualTo(second.address());
        assertThat(post().address()).isEqualTo(second.address());

        // Three attempts when it failed, one when it was asked again.
        assertThat(first.refused).hasSize(4);
    }

    @Test
    void countsWhatFailsAndIsRepeated() {
        first.status = 500;
        second.status = 500;
        post();
        post();
        assertThat(conversation.line()).isEqualTo(new PlatformStatus.Line(8, 2));

        second.status = 200;
        post();

        assertThat(conversation.line()).isEqualTo(new PlatformStatus.Line(10, 0));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Delivery<Text> post() {
        return conversation.post(() -> new Text("{}"));
    }

    private record Text(String json) implements Message {}
}
