package dev.dray.adapter.httpserver;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Holds the certificate in use and replaces it when its files change.
///
/// A daemon thread looks at time, size and number of both files; only a change is read. What cannot be used, or does
/// not fit yet since only one file has been written so far, is tried again at each look, and what was there stays.
/// A new certificate is for new connections: each of those asks [#current()].
final class CertificateWatch implements Runnable {
    private static final System.Logger LOGGER = System.getLogger(CertificateWatch.class.getName());
    private static final Duration SOON = Duration.ofDays(7);
    private static final Duration WARN_AGAIN = Duration.ofDays(1);

    private final String listener;
    private final TlsFiles files;
    private final Warnings warnings;
    private final Thread thread;
    private volatile SSLContext context;
    private volatile boolean stopped;

    /// The thread's own, as all below.
    private ServerIdentity identity;

    private Stamps settled;
    private boolean warned;
    private Instant expiryWarned = Instant.MIN;

    /// Takes a warning.
    @FunctionalInterface
    interface Warnings {
        /// One warning.
        ///
        /// @param template says where the values go, as for [System.Logger]
        void accept(String template, Object... values);
    }

    /// @throws TlsException if the files cannot be used now
    CertificateWatch(String listener, TlsFiles files, Warnings warnings) {
        this.listener = listener;
        this.files = files;
        this.warnings = warnings;
        this.thread =
                Thread.ofPlatform().daemon().name("dray-http-tls-" + listener).unstarted(this);
        this.settled = Stamps.of(files);
        this.identity = ServerIdentity.of(files);
        this.context = identity.context();
        warnOfExpiry();
    }

    /// Loads the files and watches them until [#stop()].
    ///
    /// @throws TlsException if they cannot be used now
    static CertificateWatch start(String listener, TlsFiles files) {
        var watch = new CertificateWatch(
                listener, files, (template, values) -> LOGGER.log(Level.WARNING, template, values));
        watch.thread.start();
        return watch;
    }

    /// What the next connection is to use. Any thread.
    SSLContext current() {
        return context;
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, files.lookEvery().toNanos());
            if (!stopped) {
                look();
            }
        }
    }

    /// One look at the files.
    void look() {
        // Before they are read: a change while they are read is seen at the next look.
        Stamps found = Stamps.of(files);
        if (!found.equals(settled)) {
            renew(found);
        }
        warnOfExpiry();
    }

    private void renew(Stamps found) {
        try {
            ServerIdentity renewed = ServerIdentity.of(files);
            if (!renewed.equals(identity)) {
                context = renewed.context();
                identity = renewed;
                expiryWarned = Instant.MIN;
                LOGGER.log(
                        Level.INFO,
                        "certificate renewed listener={0} file={1} expires={2}",
                        listener,
                        files.certificateChain(),
                        renewed.expires());
            }
            settled = found;
            warned = false;
        } catch (TlsException e) {
            if (!warned) {
                warned = true;
                warnings.accept(
                        "certificate not renewed, the old one stays listener={0} expires={1} again_in={2} cause={3}",
                        listener, identity.expires(), files.lookEvery(), String.valueOf(e.getMessage()));
            }
        }
    }

    private void warnOfExpiry() {
        Instant now = files.clock().instant();
        Instant expires = identity.expires();
        if (now.plus(SOON).isBefore(expires) || now.isBefore(expiryWarned.plus(WARN_AGAIN))) {
            return;
        }
        expiryWarned = now;
        String problem = now.isBefore(expires) ? "certificate expires soon" : "certificate has expired";
        warnings.accept(
                problem + " listener={0} file={1} expires={2} hint={3}",
                listener,
                files.certificateChain(),
                expires,
                "write a new one there, it is taken without a restart");
    }

    /// By what a change is noticed; symbolic links are followed.
    private record Stamps(Stamp chain, Stamp key) {
        static Stamps of(TlsFiles files) {
            return new Stamps(Stamp.of(files.certificateChain()), Stamp.of(files.key()));
        }
    }

    private record Stamp(
            FileTime changed, long size, @Nullable Object number) {
        private static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1, null);

        static Stamp of(Path file) {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            } catch (IOException e) {
                return MISSING;
            }
        }
    }
}
