package dev.dray.adapter.controlplanevast;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonString;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/// The platform's public key with what was verified under it: a new key starts with no memory.
final class TrustedKey {
    static final String ALGORITHM = "SHA256withRSA";

    private final PublicKey key;
    private final VerifiedSignatures verified = new VerifiedSignatures();

    TrustedKey(PublicKey key) {
        this.key = key;
        warmUp();
    }

    // The first check of a process loads the cryptography, which takes milliseconds: better when the key arrives than
    // when the first client waits. A signature of the right length and nothing in it goes the whole way and is refused.
    private void warmUp() {
        if (key instanceof RSAPublicKey rsa) {
            int bytes = (rsa.getModulus().bitLength() + 7) / 8;
            String nothing = Base64.getEncoder().encodeToString(new byte[bytes]);
            LenientBase64.decode(nothing).ifPresent(signature -> check(new byte[0], signature));
        }
    }

    boolean is(PublicKey other) {
        return key.equals(other);
    }

    /// Whether the signature (base64 inside a JSON string) is the platform's over that url.
    boolean verifies(JsonValue url, JsonString signature) {
        if (verified.contains(url.source(), signature.source())) {
            return true;
        }
        boolean good = LenientBase64.decode(signature.value())
                .map(bytes -> check(SignedMessage.of(url), bytes))
                .orElse(false);
        if (good) {
            verified.add(url.source(), signature.source());
        }
        return good;
    }

    int remembered() {
        return verified.size();
    }

    private boolean check(byte[] message, byte[] signature) {
        try {
            var rsa = Signature.getInstance(ALGORITHM);
            rsa.initVerify(key);
            rsa.update(message);
            return rsa.verify(signature);
        } catch (GeneralSecurityException e) {
            // Among others a signature of the wrong length: not the platform's.
            return false;
        }
    }
}
