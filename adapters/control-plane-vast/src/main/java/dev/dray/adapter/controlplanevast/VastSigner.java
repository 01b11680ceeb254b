package dev.dray.adapter.controlplanevast;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/// The platform's side of a signature, for a control plane of one's own: the demo's and the tests'.
///
/// Thread-safe.
public final class VastSigner {
    private static final int KEY_BITS = 2_048;

    private final KeyPair keys;

    private VastSigner(KeyPair keys) {
        this.keys = keys;
    }

    /// A signer with a fresh key pair.
    public static VastSigner generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return new VastSigner(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime makes no RSA keys of 2048 bits; use a complete JDK", e);
        }
    }

    /// The public key as `/pubkey/` answers it: a PEM text with a line end.
    public String publicKeyPem() {
        byte[] lineEnd = {'\n'};
        String body = Base64.getMimeEncoder(64, lineEnd)
                .encodeToString(keys.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    /// The value of `auth_data.signature` for that `auth_data.url`, in base64.
    public String sign(String url) {
        try {
            var rsa = Signature.getInstance(TrustedKey.ALGORITHM);
            rsa.initSign(keys.getPrivate());
            rsa.update(SignedMessage.of(url));
            return Base64.getEncoder().encodeToString(rsa.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime does not sign SHA256withRSA; use a complete JDK", e);
        }
    }
}
