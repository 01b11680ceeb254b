package dev.dray.adapter.httpserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A client that takes any certificate, shows which it got, and resumes sessions as a real one does.
final class TlsClient {
    private final SSLContext context;

    TlsClient() throws GeneralSecurityException {
        context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustingAll()}, null);
    }

    private static final class TrustingAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /// Connects with the given versions of TLS, or with any if none is given.
    SSLSocket connect(int port, String... versions) {
        try {
            var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            if (versions.length > 0) {
                socket.setEnabledProtocols(versions);
            }
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a new connection is shown; it asks something too, so that a later one can resume its session.
    List<Certificate> certificates(int port) {
        try (SSLSocket socket = connect(port)) {
            ask(socket, "/echo", "x");
            return List.of(socket.getSession().getPeerCertificates());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a request and reads an answer of the same length in its body.
    static String ask(SSLSocket socket, String path, String body) {
        try {
            socket.getOutputStream().write(RawClient.post(path, body).getBytes(StandardCharsets.US_ASCII));
            var answer = new StringBuilder();
            while (!answer.toString().endsWith("\r\n\r\n" + body)) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new AssertionError("connection ended after '" + answer + "'");
                }
                answer.append((char) next);
            }
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
