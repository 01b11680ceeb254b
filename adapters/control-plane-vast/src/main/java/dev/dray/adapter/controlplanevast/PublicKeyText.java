package dev.dray.adapter.controlplanevast;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads an RSA public key from text: PEM (`PUBLIC KEY`, `RSA PUBLIC KEY` of PKCS#1, `CERTIFICATE`), or the one line
/// of OpenSSH.
final class PublicKeyText {
    private static final String SSH_RSA = "ssh-rsa";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final Pattern SSH = Pattern.compile("(?m)^\\s*" + SSH_RSA + "[ \\t]+([A-Za-z0-9+/=]+)");
    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;
    // AlgorithmIdentifier of rsaEncryption with NULL parameters (RFC 8017 appendix C).
    private static final byte[] RSA_ENCRYPTION = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private PublicKeyText() {}

    static PublicKey parse(String text) throws GeneralSecurityException {
        Matcher ssh = SSH.matcher(text);
        if (ssh.find()) {
            return ssh(decode(ssh.group(1)));
        }
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new InvalidKeyException(
                    "public key is not PEM: found %d characters without a BEGIN and END line; expected"
                                    .formatted(text.length())
                            + " 'PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE' or 'ssh-rsa'; check that REPORT_ADDR is the"
                            + " autoscaler");
        }
        byte[] der = decode(pem.group(2));
        PublicKey key = switch (pem.group(1)) {
            case "PUBLIC KEY" -> rsa(der);
            case "RSA PUBLIC KEY" -> rsa(subjectPublicKeyInfo(der));
            case "CERTIFICATE" ->
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der))
                        .getPublicKey();
            default ->
                throw new InvalidKeyException(
                        "public key is '%s'; expected 'PUBLIC KEY', 'RSA PUBLIC KEY' or 'CERTIFICATE'"
                                .formatted(pem.group(1)));
        };
        if (!(key instanceof RSAPublicKey)) {
            throw new InvalidKeyException(
                    "public key is of kind %s; the platform signs with RSA".formatted(key.getAlgorithm()));
        }
        return key;
    }

    private static byte[] decode(String base64) throws InvalidKeyException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("public key is cut or garbled: its base64 does not end properly", e);
        }
    }

    // RFC 4253 §6.6: the name again, the exponent, the modulus, each with its length before it.
    private static PublicKey ssh(byte[] blob) throws GeneralSecurityException {
        var in = ByteBuffer.wrap(blob);
        try {
            if (!new String(next(in), StandardCharsets.US_ASCII).equals(SSH_RSA)) {
                throw new InvalidKeyException("public key says 'ssh-rsa' but holds another kind; send an RSA key");
            }
            var exponent = new BigInteger(next(in));
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(new BigInteger(next(in)), exponent));
        } catch (BufferUnderflowException | NumberFormatException e) {
            throw new InvalidKeyException("public key of OpenSSH is cut or garbled; send the whole line", e);
        }
    }

    private static byte[] next(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }

    private static PublicKey rsa(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
    }

    private static byte[] subjectPublicKeyInfo(byte[] pkcs1) {
        byte[] unusedBits = {0};
        return element(SEQUENCE, RSA_ENCRYPTION, element(BIT_STRING, unusedBits, pkcs1));
    }

    private static byte[] element(int tag, byte[] first, byte[] second) {
        var out = new ByteArrayOutputStream();
        int length = first.length + second.length;
        out.write(tag);
        if (length > 0xff) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length > 0x7f) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
