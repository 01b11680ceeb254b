package dev.dray.adapter.httpserver;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/// Where a listener's certificate comes from, and how its renewal is noticed.
///
/// @param certificateChain PEM file, the server's own certificate first
/// @param key              PEM file with the private key (PKCS #8, PKCS #1 or SEC 1), not encrypted
/// @param lookEvery        time between two looks at whether the files have changed
/// @param clock            says when the certificate expires soon
public record TlsFiles(Path certificateChain, Path key, Duration lookEvery, InstantSource clock) {
    private static final Duration EVERY_TEN_SECONDS = Duration.ofSeconds(10);

    public TlsFiles {
        Objects.requireNonNull(certificateChain, "certificateChain");
        Objects.requireNonNull(key, "key");
        if (!lookEvery.isPositive()) {
            throw new IllegalArgumentException("time between two looks at the certificate is " + lookEvery
                    + "; expected is more than zero, for example PT10S");
        }
        Objects.requireNonNull(clock, "clock");
    }

    /// Files that are looked at every 10 s.
    public TlsFiles(Path certificateChain, Path key, InstantSource clock) {
        this(certificateChain, key, EVERY_TEN_SECONDS, clock);
    }
}
