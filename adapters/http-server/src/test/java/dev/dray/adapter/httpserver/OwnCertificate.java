package dev.dray.adapter.httpserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A self-signed certificate for `localhost`, as the PEM a listener reads and as what a client trusts.
record OwnCertificate(X509Certificate certificate, PrivateKey key) {
    private static final char[] PASSWORD = "password".toCharArray();

    /// Before the PKCS #1 bytes of a 2048-bit key in its PKCS #8 envelope.
    private static final int ENVELOPE_LENGTH = 26;

    /// On the curve P-256.
    static OwnCertificate elliptic(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        return of(folder, "ec", "-keyalg EC -groupname secp256r1");
    }

    /// As the platform's bootstrap has it: RSA of 2048 bits.
    static OwnCertificate rsa(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        return of(folder, "rsa", "-keyalg RSA -keysize 2048");
    }

    private static OwnCertificate of(Path folder, String name, String algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options = "-genkeypair -alias me " + algorithm + " -dname CN=localhost -ext SAN=dns:localhost"
                + " -validity 365 -storetype PKCS12 -storepass " + new String(PASSWORD);
        var command = new ArrayList<String>();
        command.add(keytool);
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of("-keystore", file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + command);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new OwnCertificate(
                (X509Certificate) store.getCertificate("me"), (PrivateKey) store.getKey("me", PASSWORD));
    }

    /// Writes both files there.
    TlsFiles in(Path folder) throws IOException, GeneralSecurityException {
        return new TlsFiles(
                Files.writeString(folder.resolve("chain.pem"), certificatePem()),
                Files.writeString(folder.resolve("key.pem"), keyPem()),
                InstantSource.system());
    }

    String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /// The form OpenSSL 1 writes; of an RSA key only.
    String pkcs1Pem() {
        byte[] pkcs8 = key.getEncoded();
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, ENVELOPE_LENGTH, pkcs8.length));
    }

    /// The form of `openssl ecparam -genkey`; of a P-256 key only.
    String sec1Pem() {
        byte[] number = ((ECPrivateKey) key).getS().toByteArray();
        byte[] padded = new byte[32];
        int used = Math.min(number.length, padded.length);
        System.arraycopy(number, number.length - used, padded, padded.length - used, used);
        var sec1 = new ByteArrayOutputStream();
        sec1.writeBytes(HexFormat.of().parseHex("30310201010420"));
        sec1.writeBytes(padded);
        byte[] curve = HexFormat.of().parseHex("a00a06082a8648ce3d030107");
        sec1.writeBytes(curve);
        return pem("EC PARAMETERS", Arrays.copyOfRange(curve, 2, curve.length))
                + pem("EC PRIVATE KEY", sec1.toByteArray());
    }

    private static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /// What a client needs to trust it.
    SSLContext trust() throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("me", certificate);
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
