package dev.dray.adapter.httpserver;

import java.nio.file.Path;
import java.util.Objects;

/// Where a listener's certificate comes from.
///
/// @param certificateChain PEM file, the server's own certificate first
/// @param key              PEM file with the private key (PKCS #8 or PKCS #1), not encrypted
public record TlsFiles(Path certificateChain, Path key) {
    public TlsFiles {
        Objects.requireNonNull(certificateChain, "certificateChain");
        Objects.requireNonNull(key, "key");
    }
}
