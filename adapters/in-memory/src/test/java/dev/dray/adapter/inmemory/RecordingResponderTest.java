package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.ResponseHead;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecordingResponderTest {
    private static final ResponseHead HEAD = new ResponseHead(200, List.of());

    private final RecordingResponder responder = new RecordingResponder();

    @Test
    void writesDownARelayedAnswer() {
        responder.proceed();
        responder.head(HEAD);
        responder.chunk(new byte[] {'a', 'b', 'c'}, 1, 2);
        responder.chunk(new byte[] {'d'}, 0, 1);
        responder.end();

        assertThat(responder.status()).isEqualTo(200);
        assertThat(responder.head()).contains(HEAD);
        assertThat(responder.body()).isEqualTo(Bytes.utf8("bcd"));
        assertThat(responder.chunks()).isEqualTo(2);
        assertThat(responder.over()).isTrue();
        assertThat(responder.brokenOff()).isFalse();
        assertThat(responder.fault()).isEmpty();
    }

    @Test
    void writesDownAReplyEvenAfterProceed() {
        responder.proceed();
        responder.reply(Reply.empty(502));

        assertThat(responder.status()).isEqualTo(502);
        assertThat(responder.reply()).contains(Reply.empty(502));
    }

    @Test
    void runsItsHookWhenTheTurnHasCome() {
        var turns = new AtomicInteger();

        new RecordingResponder(turns::incrementAndGet).proceed();

        assertThat(turns).hasValue(1);
    }

    @Test
    void findsFaultWithASecondReply() {
        responder.reply(Reply.empty(429));

        assertThatIllegalStateException().isThrownBy(() -> responder.reply(Reply.empty(503)));
        assertThat(responder.fault()).contains("reply twice");
        assertThat(responder.status()).isEqualTo(429);
    }

    @Test
    void findsFaultWithAReplyBehindARelayedHead() {
        responder.proceed();
        responder.head(HEAD);

        assertThatIllegalStateException().isThrownBy(() -> responder.reply(Reply.empty(502)));
        assertThat(responder.fault()).contains("reply after head");
    }

    @Test
    void isGoneOnceItHungUp() {
        responder.proceed();
        responder.head(HEAD);
        responder.hangUp();

        assertThatExceptionOfType(ClientGoneException.class).isThrownBy(() -> responder.chunk(new byte[] {'a'}, 0, 1));
        responder.breakOff();
        assertThat(responder.brokenOff()).isTrue();
        assertThat(responder.fault()).isEmpty();
    }

    @Test
    void ignoresAReplyThatNobodyReads() {
        responder.hangUp();
        responder.reply(Reply.empty(429));

        assertThat(responder.reply()).isEmpty();
    }
}
