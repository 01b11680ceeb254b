package dev.dray.e2e;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/// Signs as the platform does, by the JDK alone: nothing here is dray's.
final class Signer {
    private final KeyPair keys;

    private Signer(KeyPair keys) {
        this.keys = keys;
    }

    /// A signer with a new key.
    static Signer create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new Signer(generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has RSA", impossible);
        }
    }

    /// The public key as `/pubkey/` shows it.
    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /// Signature of a plain ASCII URL.
    String sign(String url) {
        return signMessage("{\n    \"url\": \"" + url + "\"\n}");
    }

    /// Signature of any bytes.
    String signMessage(String message) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the key is ours", impossible);
        }
    }
}
