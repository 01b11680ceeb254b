package dev.dray.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.ModelServer;
import dev.dray.port.testing.RecordingExchange;
import dev.dray.spi.AnswerMapper;
import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.ModelAnswer;
import dev.dray.spi.PluginContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedAnswersTest {
    private Duration timeLimit = Duration.ofMinutes(1);
    private static final int MOST_BYTES = 100;

    private final RecordingExchange told = RecordingExchange.patient();
    private final ScriptedModel model = new ScriptedModel();

    @Test
    void sendsWhatTheMapperMakesOfTheWholeAnswer() throws Exception {
        model.answers(200, List.of(new HeaderField("X-Seed", "7")), "one ", "two");

        mapping(answer -> new ModelAnswer(
                        201,
                        List.of(new HeaderField("Content-Type", "text/plain")),
                        Bytes.utf8("[" + text(answer) + "]")))
                .start(call("/mapped"), told);

        assertThat(told.events())
                .containsExactly("begun", "head 200", "relay head", "relay body", "relay end", "ended");
        assertThat(told.awaitHead().status()).isEqualTo(201);
        assertThat(told.awaitHead().headers())
                .containsExactly(new HeaderField("Content-Type", "text/plain"), new HeaderField("Content-Length", "9"));
        assertThat(told.body()).isEqualTo(Bytes.utf8("[one two]"));
        assertThat(told.chunks()).isEqualTo(1);
    }

    @Test
    void theMapperSeesNothingOfTheConnection() {
        model.answers(
                404,
                List.of(
                        new HeaderField("Content-Length", "3"),
                        new HeaderField("content-encoding", "gzip"),
                        new HeaderField("X-Seed", "7")),
                "ab",
                "c");
        List<ModelAnswer> seen = new ArrayList<>();

        mapping(answer -> {
                    seen.add(answer);
                    return answer;
                })
                .start(call("/mapped"), told);

        assertThat(seen)
                .containsExactly(new ModelAnswer(
                        404,
                        List.of(new HeaderField("content-encoding", "gzip"), new HeaderField("X-Seed", "7")),
                        Bytes.utf8("abc")));
        assertThat(told.events()).contains("head 404").endsWith("ended");
    }

    @Test
    void replacesWhatTheMapperSaysOfLengthAndConnection() throws Exception {
        model.answers(200, List.of(), "x");

        mapping(_ -> new ModelAnswer(
                        200,
                        List.of(
                                new HeaderField("content-length", "1000"),
                                new HeaderField("Transfer-Encoding", "chunked"),
                                new HeaderField("Connection", "close, X-Hop"),
                                new HeaderField("x-hop", "1"),
                                new HeaderField("X-Seed", "7")),
                        Bytes.utf8("okay").slice(0, 2)))
                .start(call("/mapped"), told);

        assertThat(told.awaitHead().headers())
                .containsExactly(new HeaderField("X-Seed", "7"), new HeaderField("Content-Length", "2"));
        assertThat(told.body()).isEqualTo(Bytes.utf8("ok"));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void anAnswerThatHasNoBodyGetsNone(int status) throws Exception {
        model.answers(200, List.of(), "x");

        mapping(_ -> new ModelAnswer(status, List.of(), Bytes.utf8("ignored"))).start(call("/mapped"), told);

        assertThat(told.awaitHead().headers()).isEmpty();
        assertThat(told.events()).containsExactly("begun", "head 200", "relay head", "relay end", "ended");
    }

    @Test
    void anyOtherRouteAndTheBenchmarkPassUntouched() {
        model.answers(200, List.of(), "one", "two");
        MappedAnswers mapped = mapping(_ -> {
            throw new AssertionError("asked");
        });
        RecordingExchange launched = RecordingExchange.patient();

        mapped.start(call("/other"), told);
        mapped.launch(call("/mapped").to(launched), launched);

        assertThat(told.chunks()).isEqualTo(2);
        assertThat(launched.chunks()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "overflows", "interrupted", "null", "status 199", "status 600", "name"})
    @SuppressWarnings("NullAway") // A plugin that breaks the contract.
    void aMapperThatFailsIsNamedAndTheClientCanStillBeAnswered(String how) throws Exception {
        model.answers(200, List.of(), "secret");

        mapping(answer -> faulty(how, answer)).start(call("/mapped"), told);

        ModelFailure failure = told.awaitFailure();
        assertThat(failure.kind()).isEqualTo(Kind.PLUGIN_FAULT);
        assertThat(failure.message())
                .contains("plugin 'small' failed in the answer mapper of /mapped: ")
                .doesNotContain("secret");
        assertThat(told.events()).containsExactly("begun", "failed PLUGIN_FAULT");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static @Nullable ModelAnswer faulty(String how, ModelAnswer answer) throws Exception {
        return switch (how) {
            case "throws" -> throw new IllegalStateException(text(answer));
            case "overflows" -> throw new StackOverflowError();
            case "interrupted" -> throw new InterruptedException();
            case "status 199" -> new ModelAnswer(199, List.of(), Bytes.EMPTY);
            case "status 600" -> new ModelAnswer(600, List.of(), Bytes.EMPTY);
            case "name" -> new ModelAnswer(200, List.of(new HeaderField("X\r\nY", "1")), Bytes.EMPTY);
            default -> null;
        };
    }

    @Test
    void anAnswerOfExactlyTheLimitIsMapped() {
        model.answers(200, List.of(), "x".repeat(MOST_BYTES - 1), "y");

        mapping(answer -> answer).start(call("/mapped"), told);

        assertThat(told.body().length()).isEqualTo(MOST_BYTES);
    }

    @Test
    void anAnswerBeyondTheLimitIsCutOff() throws Exception {
        model.answers(200, List.of(), "x".repeat(MOST_BYTES), "y", "z");

        mapping(answer -> answer).start(call("/mapped"), told);

        assertThat(told.awaitFailure().kind().status()).isEqualTo(502);
        assertThat(told.awaitFailure().message()).contains("/mapped", "100 bytes", "limits.body");
        assertThat(told.events()).containsExactly("begun", "failed RESET");
        assertThat(model.aborts).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "99999999999", "99999999999999999999999999"})
    void anAnswerThatSaysSoIsCutOffAtOnce(String announced) throws Exception {
        model.answers(200, List.of(new HeaderField("Content-Length", announced)), "x");

        mapping(answer -> answer).start(call("/mapped"), told);

        assertThat(told.awaitFailure().kind()).isEqualTo(Kind.RESET);
    }

    @Test
    void anAnswerThatBreaksIsTheModelServersFailureWithNothingSent() throws Exception {
        model.breaks(new ModelFailure(Kind.IDLE_TIME_OUT, "stood still"), "half");

        mapping(answer -> answer).start(call("/mapped"), told);

        assertThat(told.awaitFailure().kind()).isEqualTo(Kind.IDLE_TIME_OUT);
        assertThat(told.events()).containsExactly("begun", "failed IDLE_TIME_OUT");
    }

    @Test
    void aMapperThatDoesNotReturnIsNotWaitedFor() throws Exception {
        var never = new CountDownLatch(1);
        timeLimit = Duration.ofMillis(50);
        model.answers(200, List.of(), "x");

        mapping(answer -> {
                    never.await();
                    return answer;
                })
                .start(call("/mapped"), told);

        assertThat(told.awaitFailure().kind()).isEqualTo(Kind.PLUGIN_FAULT);
        assertThat(told.awaitFailure().message()).contains("small", "did not return");
        never.countDown();
    }

    @Test
    void aClientThatHasGoneIsTold() throws Exception {
        model.answers(200, List.of(), "x");
        RecordingExchange gone = RecordingExchange.goneAfter(0);

        mapping(answer -> answer).start(call("/mapped").to(gone), gone);

        assertThat(gone.awaitFailure().kind()).isEqualTo(Kind.CLIENT_GONE);
    }

    private static String text(ModelAnswer answer) {
        return answer.body().utf8Text();
    }

    private MappedAnswers mapping(AnswerMapper mapper) {
        return new MappedAnswers(
                new MappedAnswers.Mapped(entry(), Map.of("/mapped", mapper), timeLimit), MOST_BYTES, model);
    }

    private ModelCall call(String path) {
        return new ModelCall(0, "POST", path, ModelBody.NONE, List.of(), TimeOuts.SERIAL, ModelCall.Work.OWN, told);
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
        ClassLoader loader = MappedAnswersTest.class.getClassLoader();
        return new PluginEntry("small", Set.of(), "1", Path.of("small.jar"), true, plugin, loader);
    }

    /// Answers each call in the same way; an abort ends it as the real client would.
    private static final class ScriptedModel implements ModelServer {
        private ResponseHead head = new ResponseHead(200, List.of());
        private List<String> chunks = List.of();
        private @Nullable ModelFailure failure;
        private int aborts;

        void answers(int status, List<HeaderField> headers, String... newChunks) {
            head = new ResponseHead(status, headers);
            chunks = List.of(newChunks);
        }

        void breaks(ModelFailure how, String... newChunks) {
            answers(200, List.of(), newChunks);
            failure = how;
        }

        @Override
        public void start(ModelCall call, Exchange exchange) {
            int before = aborts;
            Abort abort = () -> aborts++;
            exchange.begun(abort);
            exchange.head(head.status());
            call.sink().head(head);
            byte[] array = new byte[1_000];
            for (String chunk : chunks) {
                byte[] bytes = Bytes.utf8(chunk).toByteArray();
                System.arraycopy(bytes, 0, array, 3, bytes.length);
                call.sink().chunk(array, 3, bytes.length);
            }
            if (aborts > before) {
                exchange.failed(new ModelFailure(Kind.ABORTED, "aborted"));
            } else if (failure != null) {
                exchange.failed(failure);
            } else {
                call.sink().end();
                exchange.ended();
            }
        }

        @Override
        public void launch(ModelCall call, Exchange exchange) {
            start(call, exchange);
        }
    }
}
