package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.outbound.CallbackSender.Delivery;
import dev.dray.port.testing.CallbackSenderContract;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpCallbackSenderTest extends ClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(80);
    private static final URI SOME_MODEL = URI.create("http://127.0.0.1:1");
    private static final Bytes JSON = Bytes.utf8("{\"session_id\": \"A1\"}");
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final HostNames unknown = host -> {
        throw new UnknownHostException(host);
    };

    private HttpCallbackSender sender(URI model, boolean allowPrivate) {
        return sender(model, allowPrivate, HostNames.OF_MACHINE, LONG);
    }

    private HttpCallbackSender sender(URI model, boolean allowPrivate, HostNames names, Duration limit) {
        return toClose(new HttpCallbackSender(
                new CallbackSettings(List.of(model), allowPrivate, "9"),
                names,
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                limit));
    }

    private static CompletableFuture<Delivery> sent(HttpCallbackSender sender, String target) {
        CompletableFuture<Delivery> told = new CompletableFuture<>();
        sender.send(0, new CallbackSender.Callback(target, JSON), delivery -> {
            // A second telling would show as a failed assertion of whoever waits.
            if (!told.complete(delivery)) {
                told.obtrudeException(new AssertionError("told twice"));
            }
        });
        return told;
    }

    private static Delivery delivery(HttpCallbackSender sender, String target) throws Exception {
        return sent(sender, target).get(20, TimeUnit.SECONDS);
    }

    private static String reason(Delivery delivery) {
        assertThat(delivery).isInstanceOf(Delivery.Failed.class);
        return ((Delivery.Failed) delivery).reason();
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @Nested
    class TheContract extends CallbackSenderContract {
        private final HttpCallbackSender sender = HttpCallbackSenderTest.this.sender(SOME_MODEL, true);

        @Override
        protected CallbackSender sender() {
            return sender;
        }

        @Override
        protected String answering(int status) throws Exception {
            return HttpCallbackSenderTest.this
                            .answering("HTTP/1.1 %d Said\r\nContent-Length: 0\r\n\r\n".formatted(status))
                            .url()
                    + "/closed";
        }

        @Override
        protected String unanswered() {
            return "/closed";
        }

        @Override
        protected String forbidden() {
            return "http://169.254.169.254/latest";
        }
    }

    @Nested
    class WhereItMayGo {
        @Test
        void aPathGoesToTheModelServerWhereverThatIs() throws Exception {
            RawServer model = answering(OK);
            HttpCallbackSender sender = sender(URI.create(model.url() + "/v2"), false);

            assertThat(sender.objection("/cancel?now=1")).isEmpty();
            assertThat(delivery(sender, "/cancel?now=1")).isEqualTo(new Delivery.Answered(200));

            RawServer.Request request = model.nextRequest();
            assertThat(request.line()).isEqualTo("POST /v2/cancel?now=1 HTTP/1.1");
            assertThat(request.body()).isEqualTo(JSON);
            assertThat(request.header("Host")).isEqualTo(model.url().getAuthority());
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.header("User-Agent")).isEqualTo("dray/9");
            assertThat(request.header("Connection")).isEqualTo("close");
        }

        @Test
        void theModelServersOwnUrlIsAllowedToo() throws Exception {
            RawServer model = answering(OK);
            HttpCallbackSender sender = sender(model.url(), false);

            assertThat(sender.objection(model.url() + "/cancel")).isEmpty();
            assertThat(delivery(sender, model.url() + "/cancel")).isEqualTo(new Delivery.Answered(200));
        }

        @Test
        void loopbackOnlyWhereAllowed() throws Exception {
            RawServer other = answering("HTTP/1.1 503 Busy\r\n\r\n");
            String target = other.url() + "/closed";

            assertThat(sender(SOME_MODEL, false).objection(target))
                    .hasValueSatisfying(text -> assertThat(text)
                            .contains("is a loopback address", "expected a public address", "callbacks.allow-private"));
            assertThat(reason(delivery(sender(SOME_MODEL, false), target))).contains("is a loopback address");
            assertThat(other.connections()).isZero();

            assertThat(sender(SOME_MODEL, true).objection(target)).isEmpty();
            assertThat(delivery(sender(SOME_MODEL, true), target)).isEqualTo(new Delivery.Answered(503));
        }

        @Test
        void aNameOfThisMachineIsLoopback() {
            assertThat(sender(SOME_MODEL, false).objection("http://localhost:8000/"))
                    .hasValueSatisfying(text -> assertThat(text).contains("has a loopback address"));
            assertThat(sender(SOME_MODEL, true).objection("http://localhost:8000/"))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://169.254.169.254/latest/meta-data",
                    "http://2852039166/",
                    "http://0.0.0.0/",
                    "http://224.0.0.1/",
                    "http://255.255.255.255/",
                    "http://192.0.0.192/",
                    "http://[::]/",
                    "http://[fe80::1]/",
                    "http://[ff02::1]/",
                    "http://[::ffff:169.254.169.254]/",
                    "http://[64:ff9b::a9fe:a9fe]/",
                    "http://[2002:a9fe:a9fe::1]/",
                    "http://[2001:0:101:101::5601:5601]/",
                    "ftp://1.1.1.1/",
                    "http://u@1.1.1.1/",
                    "http://1.1.1.1:0/"
                })
        void neverEvenWherePrivateOnesAreAllowed(String target) throws Exception {
            HttpCallbackSender sender = sender(SOME_MODEL, true);

            assertThat(sender.objection(target))
                    .hasValueSatisfying(text -> assertThat(text).contains("; expected "));
            assertThat(reason(delivery(sender, target))).contains("; expected ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://10.1.2.3/",
                    "http://172.16.0.1/",
                    "http://192.168.1.1/",
                    "http://100.64.0.1/",
                    "http://127.0.0.53/",
                    "http://2130706433/",
                    "http://[::1]/",
                    "http://[fd00::1]/",
                    "http://[::ffff:10.0.0.1]/",
                    "http://[64:ff9b::7f00:1]/",
                    "http://[2002:a00:1::]/"
                })
        void onlyWherePrivateOnesAreAllowed(String target) {
            assertThat(sender(SOME_MODEL, false).objection(target))
                    .hasValueSatisfying(text -> assertThat(text).contains("callbacks.allow-private"));
            assertThat(sender(SOME_MODEL, true).objection(target)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://1.1.1.1/x", "https://93.184.216.34:8443/", "http://[2606:4700:4700::1111]/"})
        void publicAddressesAlways(String target) {
            assertThat(sender(SOME_MODEL, false).objection(target)).isEmpty();
        }

        @Test
        void notToANameWithOneForbiddenAddressAmongOthers() {
            HostNames mixed = host -> List.of(address("1.1.1.1"), address("169.254.169.254"));

            assertThat(sender(SOME_MODEL, true, mixed, LONG).objection("http://mixed.test/"))
                    .hasValueSatisfying(text ->
                            assertThat(text).contains("'mixed.test' has a link-local address, 169.254.169.254"));
        }

        @Test
        void notToANameThatIsUnknown() throws Exception {
            HttpCallbackSender sender = sender(SOME_MODEL, true, unknown, LONG);

            assertThat(sender.objection("http://nowhere.test/"))
                    .hasValueSatisfying(text -> assertThat(text).contains("'nowhere.test' is unknown; expected"));
            assertThat(reason(delivery(sender, "http://nowhere.test/"))).contains("'nowhere.test' is unknown");
        }

        @Test
        void notToANameThatPointsElsewhereBySendingTime() throws Exception {
            RawServer inside = answering(OK);
            Queue<InetAddress> answers = new ArrayDeque<>(List.of(address("1.1.1.1"), address("127.0.0.1")));
            HttpCallbackSender sender = sender(SOME_MODEL, false, host -> List.of(answers.remove()), LONG);
            String target = "http://rebinding.test:" + inside.url().getPort() + "/";

            assertThat(sender.objection(target)).isEmpty();
            assertThat(reason(delivery(sender, target))).contains("'rebinding.test' has a loopback address, 127.0.0.1");

            assertThat(answers).isEmpty();
            assertThat(inside.connections()).isZero();
        }

        @Test
        void connectsToTheVeryAddressThatWasCheckedUnderItsName() throws Exception {
            RawServer server = answering(OK);
            Queue<InetAddress> answers = new ArrayDeque<>(List.of(address("127.0.0.1")));
            HttpCallbackSender sender = sender(SOME_MODEL, true, host -> List.of(answers.remove()), LONG);
            String authority = "named.test:" + server.url().getPort();

            assertThat(delivery(sender, "http://" + authority + "/x")).isEqualTo(new Delivery.Answered(200));

            assertThat(server.nextRequest().header("Host")).isEqualTo(authority);
            assertThat(answers).isEmpty();
        }

        @Test
        void notAfterARedirect() throws Exception {
            RawServer elsewhere = answering(OK);
            RawServer server = answering("HTTP/1.1 307 Go\r\nLocation: " + elsewhere.url() + "/\r\n\r\n");

            assertThat(delivery(sender(SOME_MODEL, true), server.url() + "/")).isEqualTo(new Delivery.Answered(307));

            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Nested
    class OverTls {
        private RawServer secureServer(SSLContext context, Queue<String> askedNames) throws Exception {
            SSLServerSocket listener = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
            return toClose(RawServer.on(listener, peer -> {
                peer.readRequest();
                askedNames.add(String.valueOf(
                        ((ExtendedSSLSession) ((SSLSocket) peer.socket()).getSession()).getRequestedServerNames()));
                peer.send(OK);
            }));
        }

        private HttpCallbackSender trusting(SSLContext context) {
            return toClose(new HttpCallbackSender(
                    new CallbackSettings(List.of(SOME_MODEL), true, "9"),
                    host -> List.of(address("127.0.0.1")),
                    context::getSocketFactory,
                    LONG));
        }

        @Test
        void theCertificateMustBeThatOfTheName(@TempDir Path folder) throws Exception {
            SSLContext context = TestCertificate.context(folder, "dns:callback.test");
            LinkedBlockingQueue<String> askedNames = new LinkedBlockingQueue<>();
            RawServer server = secureServer(context, askedNames);
            int port = server.url().getPort();

            assertThat(delivery(trusting(context), "https://callback.test:" + port + "/x"))
                    .isEqualTo(new Delivery.Answered(200));
            assertThat(askedNames.poll(20, TimeUnit.SECONDS)).contains("callback.test");
            assertThat(server.nextRequest().header("Host")).isEqualTo("callback.test:" + port);

            assertThat(reason(delivery(trusting(context), "https://other.test:" + port + "/x")))
                    .contains("other.test", "the connection broke");
        }
    }

    @Nested
    class WhenItFails {
        @Test
        void tellsThatNobodyListens() throws Exception {
            RawServer gone = answering("");
            gone.close();

            assertThat(reason(delivery(sender(gone.url(), false), "/cancel?key=s3cret")))
                    .contains("callback to '/cancel' failed: no connection", "refused", "see whether")
                    .doesNotContain("s3cret");
        }

        @Test
        void tellsWithinTheLimitThatNothingWasAnswered() throws Exception {
            RawServer hanging = playing(peer -> {
                peer.readRequest();
                peer.awaitClose();
            });

            assertThat(reason(delivery(sender(hanging.url(), false, HostNames.OF_MACHINE, SHORT), "/cancel")))
                    .contains("no answer within 80 ms");
            hanging.awaitClose();
        }

        @Test
        void tellsWithinTheLimitThoughHeadersTrickleForEver() throws Exception {
            RawServer trickling = playing(peer -> {
                peer.readRequest();
                peer.send("HTTP/1.1 200 OK\r\n");
                peer.sendUntilClosed("X: y\r\n");
            });

            assertThat(reason(delivery(sender(trickling.url(), false, HostNames.OF_MACHINE, SHORT), "/cancel")))
                    .contains("no answer within 80 ms");
            trickling.awaitClose();
        }

        @Test
        void tellsWithinTheLimitThatNoConnectionWasTaken() throws Exception {
            DeafServer deaf = toClose(DeafServer.open());

            assertThat(reason(delivery(sender(deaf.url(), false, HostNames.OF_MACHINE, SHORT), "/cancel")))
                    .contains("no answer within 80 ms");
        }

        @Test
        void tellsWithinTheLimitThoughTheNameIsStillLookedUp() throws Exception {
            CountDownLatch over = new CountDownLatch(1);
            HostNames hanging = host -> {
                try {
                    over.await();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
                throw new UnknownHostException(host);
            };

            assertThat(reason(delivery(sender(SOME_MODEL, false, hanging, SHORT), "http://slow.test/")))
                    .contains("no answer within 80 ms");
            over.countDown();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"SSH-2.0-OpenSSH_9.9\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nno field\r\n\r\n"
                })
        void tellsThatTheAnswerIsNotHttp(String garbage) throws Exception {
            assertThat(reason(delivery(sender(answering(garbage).url(), false), "/cancel")))
                    .contains("its answer is not HTTP/1.1");
        }

        @Test
        void readsNoMoreThanABoundedHead() throws Exception {
            RawServer endless = playing(peer -> {
                peer.readRequest();
                peer.send("HTTP/1.1 200 OK\r\nX: ");
                peer.sendUntilClosed("y".repeat(4_096));
            });

            assertThat(reason(delivery(sender(endless.url(), false), "/cancel")))
                    .contains("exceeds 65536 bytes");
        }

        @Test
        void tellsThatTheConnectionBroke() throws Exception {
            RawServer resetting = playing(peer -> {
                peer.readRequest();
                peer.reset();
            });

            assertThat(reason(delivery(sender(resetting.url(), false), "/cancel")))
                    .contains("the connection broke");
        }

        @Test
        void tellsThoseUnderWayAndThoseThatComeLaterOnceItIsClosed() throws Exception {
            RawServer hanging = playing(peer -> {
                peer.readRequest();
                peer.awaitClose();
            });
            HttpCallbackSender sender = sender(hanging.url(), false);
            CompletableFuture<Delivery> underWay = sent(sender, "/cancel");
            hanging.nextRequest();

            sender.close();
            sender.close();

            assertThat(reason(underWay.get(20, TimeUnit.SECONDS))).contains("dray is stopping");
            hanging.awaitClose();
            assertThat(reason(delivery(sender, "/cancel"))).contains("dray is stopping");
        }
    }

    @Test
    void waitsForNoBody() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Taken\r\nContent-Length: 1000\r\n\r\nbut");
            peer.awaitClose();
        });

        assertThat(delivery(sender(server.url(), false), "/cancel")).isEqualTo(new Delivery.Answered(202));
        server.awaitClose();
    }
}
