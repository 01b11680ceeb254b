package dev.dray.adapter.httpserver;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// A certificate chain and the key that fits it.
///
/// @param chain the server's own certificate first
/// @param key   the private key of that certificate
record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String EXPECTED =
            "; expected is the PEM certificate chain of this worker (CERTIFICATE), its own certificate first";

    /// Reads both files and tries whether they fit.
    ///
    /// @throws TlsException if they cannot be used
    static ServerIdentity of(TlsFiles files) {
        PemFile chainFile = PemFile.read("certificate", files.certificateChain());
        List<X509Certificate> chain = chain(chainFile);
        PrivateKey key = PrivateKeyPem.of(PemFile.read("key", files.key()));
        int fitting = fitting(chain, key);
        if (fitting < 0) {
            throw chainFile.unusable("it is for another key than the one in '" + files.key()
                    + "'; expected are two that belong together; have this key's certificate signed, or put its own key"
                    + " there");
        }
        if (fitting > 0) {
            throw chainFile.unusable("the key in '" + files.key() + "' fits certificate number " + (fitting + 1)
                    + " of the chain" + EXPECTED + "; put that one first");
        }
        return new ServerIdentity(chain, key);
    }

    private static List<X509Certificate> chain(PemFile file) {
        var chain = new ArrayList<X509Certificate>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemFile.Block block : file.blocks()) {
                if (block.label().equals(CERTIFICATE)) {
                    chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw file.unusable(
                    "certificate number " + (chain.size() + 1) + " in it is damaged (" + e.getMessage() + ")" + EXPECTED
                            + "; have it signed again",
                    e);
        }
        if (chain.isEmpty()) {
            throw file.unusable(file.found() + EXPECTED + "; have it signed again");
        }
        return List.copyOf(chain);
    }

    private static int fitting(List<X509Certificate> chain, PrivateKey key) {
        for (int i = 0; i < chain.size(); i++) {
            if (fits(chain.get(i).getPublicKey(), key)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean fits(PublicKey publicKey, PrivateKey key) {
        if (!publicKey.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        byte[] probe = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }

    Instant expires() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /// A context of its own, so that no session of an older certificate is resumed with it.
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // No trust at all: clients are asked for no certificate, and the JDK's own store need not be read.
            context.init(new KeyManager[] {new OneKey(this)}, new TrustManager[0], null);
            return context;
        } catch (NoSuchAlgorithmException | KeyManagementException e) {
            throw new IllegalStateException("this Java has no TLS; run a complete JDK", e);
        }
    }
}
