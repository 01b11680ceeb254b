package dev.dray.adapter.httpserver;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// The TLS context that Helidon is given once: hands each connection to the context of the certificate
/// that is in use then, and tells when its handshake is about to begin, on the connection's own thread.
///
/// Helidon lets a handshake take as long as the client likes, and does it before anything of ours hears
/// of the connection. The socket factory is the one place it passes on its way.
final class WatchedTls extends SSLContextSpi {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final Supplier<SSLContext> current;
    private final Runnable onHandshake;

    private WatchedTls(Supplier<SSLContext> current, Runnable onHandshake) {
        this.current = current;
        this.onHandshake = onHandshake;
    }

    /// @param current asked at each connection
    static SSLContext watch(Supplier<SSLContext> current, Runnable onHandshake) {
        return new Context(new WatchedTls(current, onHandshake), current.get());
    }

    private static final class Context extends SSLContext {
        Context(WatchedTls watched, SSLContext original) {
            super(watched, original.getProvider(), original.getProtocol());
        }
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("this context is initialized already");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return new Sockets(current.get().getSocketFactory(), onHandshake);
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return current.get().getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return current.get().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return current.get().createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return current.get().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return current.get().getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return current.get().getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return current.get().getSupportedSSLParameters();
    }

    private static final class Sockets extends SSLSocketFactory {
        private final SSLSocketFactory original;
        private final Runnable onHandshake;

        Sockets(SSLSocketFactory original, Runnable onHandshake) {
            this.original = original;
            this.onHandshake = onHandshake;
        }

        /// The one that a server calls; Helidon's never closes what is below, which would stay open for good.
        @Override
        public Socket createSocket(Socket accepted, @Nullable InputStream consumed, boolean autoClose)
                throws IOException {
            onHandshake.run();
            var socket = (SSLSocket) original.createSocket(accepted, consumed, true);
            socket.setEnabledProtocols(VERSIONS);
            return socket;
        }

        @Override
        public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
            return original.createSocket(connected, host, port, autoClose);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return original.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return original.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return original.createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return original.createSocket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return original.createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return original.createSocket(host, port, local, localPort);
        }
    }
}
