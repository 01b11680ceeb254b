package dev.dray.adapter.httpserver;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/// Reads a private key from PEM in the three forms that OpenSSL writes: PKCS #8, PKCS #1 (RSA) and SEC 1 (EC).
///
/// The JDK reads PKCS #8 only, so the other two get its envelope put around them.
final class PrivateKeyPem {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_ID = 0x06;
    private static final int SEC1_PARAMETERS = 0xa0;
    private static final int SHORT_LENGTHS = 0x80;

    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
    /// `rsaEncryption` with its NULL parameters.
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final String EXPECTED =
            "; expected is one unencrypted PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY";

    private PrivateKeyPem() {}

    /// @throws TlsException if the file holds no key that can be used
    static PrivateKey of(PemFile file) {
        PemFile.Block block = file.blocks().stream()
                .filter(candidate -> candidate.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> file.unusable(file.found() + EXPECTED + "; write the key there"));
        if (block.label().startsWith("ENCRYPTED") || block.hasEncryptionHeaders()) {
            throw file.unusable(
                    "found an encrypted key" + EXPECTED + "; decrypt it with 'openssl pkey -in <key> -out <new key>'");
        }
        try {
            return switch (block.label()) {
                case "PRIVATE KEY" -> pkcs8(block.der());
                case "RSA PRIVATE KEY" -> pkcs8(pkcs1Envelope(block.der()));
                case "EC PRIVATE KEY" -> pkcs8(sec1Envelope(block.der()));
                default -> throw file.unusable(file.found() + EXPECTED + "; convert it with 'openssl pkey'");
            };
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw file.unusable(
                    "found " + block.label() + " whose content cannot be read (" + e.getMessage() + ")" + EXPECTED
                            + "; write the key again",
                    e);
        }
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        var spec = new PKCS8EncodedKeySpec(der);
        GeneralSecurityException last = new GeneralSecurityException("no algorithm tried");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    private static byte[] pkcs1Envelope(byte[] key) {
        return element(SEQUENCE, VERSION_0, RSA, element(OCTET_STRING, key));
    }

    /// SEC 1 names the curve inside the key, PKCS #8 beside it.
    private static byte[] sec1Envelope(byte[] key) {
        return element(SEQUENCE, VERSION_0, element(SEQUENCE, EC_PUBLIC_KEY, curve(key)), element(OCTET_STRING, key));
    }

    /// Walks over version and number to the parameters; all lengths there are short ones.
    private static byte[] curve(byte[] sec1) {
        int at = 1 + lengthBytes(sec1[1]);
        at += 2 + sec1[at + 1];
        at += 2 + sec1[at + 1];
        if ((sec1[at] & 0xff) != SEC1_PARAMETERS || sec1[at + 2] != OBJECT_ID) {
            throw new IllegalArgumentException("the key does not name its curve");
        }
        byte[] name = new byte[2 + sec1[at + 3]];
        System.arraycopy(sec1, at + 2, name, 0, name.length);
        return name;
    }

    private static int lengthBytes(byte first) {
        int length = first & 0xff;
        return length < SHORT_LENGTHS ? 1 : 1 + length - SHORT_LENGTHS;
    }

    private static byte[] element(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (length < SHORT_LENGTHS) {
            element.write(length);
        } else {
            element.write(SHORT_LENGTHS + 2);
            element.write(length >>> Byte.SIZE);
            element.write(length);
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
