package dev.dray.app.admin.page;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The files of the dashboard, read from the jar when they are first asked for. Thread-safe.
///
/// A browser keeps what it has and asks each time whether it is still right: a worker may be replaced by another
/// version at the same address. The page may load nothing from elsewhere and may not be framed.
public final class PageFiles {
    private static final List<String> OWN = List.of(
            "index.html",
            "dashboard.css",
            "dashboard.js",
            "charts.js",
            "dom.js",
            "favicon.svg",
            "format.js",
            "history.js",
            "live.js",
            "log.js",
            "panels.js",
            "search.js",
            "state.js");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final List<HeaderField> ALWAYS = List.of(
            new HeaderField("Cache-Control", "no-cache"),
            new HeaderField(
                    "Content-Security-Policy",
                    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"),
            new HeaderField("X-Content-Type-Options", "nosniff"),
            new HeaderField("Referrer-Policy", "no-referrer"));

    /// Path → name of the resource.
    private final Map<String, String> resources;
    private final Map<String, Reply> read = new ConcurrentHashMap<>();

    private PageFiles(Map<String, String> resources) {
        this.resources = resources;
    }

    /// The dashboard of this program. Reads no file yet.
    public static PageFiles dashboard() {
        var resources = new LinkedHashMap<String, String>();
        OWN.forEach(name -> resources.put("/" + name, name));
        resources.put("/", "index.html");
        resources.put("/uplot.js", PageParts.CHART_SCRIPT);
        resources.put("/uplot.css", PageParts.CHART_STYLE);
        return new PageFiles(Map.copyOf(resources));
    }

    /// Every path there is a file for.
    public Set<String> paths() {
        return resources.keySet();
    }

    /// The answer to a request for a file: the file, or 304 if the client has it; empty if there is none of
    /// that name.
    public Optional<Reply> find(InboundRequest request) {
        String resource = resources.get(request.path());
        if (resource == null) {
            return Optional.empty();
        }
        Reply whole = read.computeIfAbsent(resource, PageFiles::reply);
        return Optional.of(isKnown(request, whole) ? new Reply(304, whole.headers(), Bytes.EMPTY) : whole);
    }

    private static boolean isKnown(InboundRequest request, Reply whole) {
        String tag = value(whole.headers(), "ETag").orElseThrow();
        return value(request.headers(), "If-None-Match").filter(tag::equals).isPresent();
    }

    private static Optional<String> value(List<HeaderField> headers, String name) {
        return headers.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .findFirst();
    }

    private static Reply reply(String resource) {
        try {
            byte[] content = PageParts.read(resource);
            String type = Objects.requireNonNull(TYPES.get(resource.substring(resource.lastIndexOf('.') + 1)));
            return new Reply(200, ALWAYS, Bytes.of(content))
                    .with("Content-Type", type)
                    .with("ETag", tag(content));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("every Java has SHA-256", broken);
        }
    }
}
