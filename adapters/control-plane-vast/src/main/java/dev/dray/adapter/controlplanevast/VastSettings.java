package dev.dray.adapter.controlplanevast;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// What the worker knows about the platform and about itself as the platform's instance.
///
/// @param addresses     base URLs of the autoscaler in the order to try; trailing slashes are taken off; at least one
/// @param containerId   the instance's id
/// @param masterToken   proves reports to the platform; may be empty; never logged
/// @param unsecured     whether signatures are not checked and no key is fetched
/// @param ownUrl        where clients find this worker, for example `https://203.0.113.7:41234`; may be empty for a
///     [StartFailureBeacon]
/// @param requireOwnUrl whether `auth_data.url` must be [#ownUrl]
/// @param signedSessions whether a session is opened only with a good signature
/// @param updateFile    is made when the platform asks for an update
/// @param deleteFormat  how outcomes are told
/// @param version       framework version told to the platform, usually [#REPORTED_VERSION]
public record VastSettings(
        List<String> addresses,
        long containerId,
        String masterToken,
        boolean unsecured,
        String ownUrl,
        boolean requireOwnUrl,
        boolean signedSessions,
        Path updateFile,
        DeleteFormat deleteFormat,
        String version) {
    /// What the platform reads today.
    public static final String REPORTED_VERSION = "1.1.0";

    public VastSettings {
        addresses = addresses.stream().map(VastSettings::withoutTrailingSlash).toList();
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no autoscaler address; expected at least one, as in REPORT_ADDR");
        }
        addresses.forEach(VastSettings::check);
        Objects.requireNonNull(masterToken, "masterToken");
        ownUrl = withoutTrailingSlash(ownUrl);
        Objects.requireNonNull(updateFile, "updateFile");
        Objects.requireNonNull(deleteFormat, "deleteFormat");
        Objects.requireNonNull(version, "version");
    }

    private static void check(String address) {
        if (!isHttp(address)) {
            throw new IllegalArgumentException(
                    "autoscaler address '%s' is not a URL; expected http:// or https:// and a host; correct REPORT_ADDR"
                            .formatted(address));
        }
    }

    private static boolean isHttp(String address) {
        try {
            URI uri = URI.create(address);
            return uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutTrailingSlash(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }

    /// Everything but the token.
    @Override
    public String toString() {
        return ("VastSettings[addresses=%s, containerId=%d, unsecured=%s, ownUrl=%s, requireOwnUrl=%s,"
                        + " signedSessions=%s, updateFile=%s, deleteFormat=%s, version=%s]")
                .formatted(
                        addresses,
                        containerId,
                        unsecured,
                        ownUrl,
                        requireOwnUrl,
                        signedSessions,
                        updateFile,
                        deleteFormat,
                        version);
    }
}
