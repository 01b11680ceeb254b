package dev.dray.adapter.modelclient;

import dev.dray.port.exchange.ModelFailure.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/// Where a callback goes, as far as its text tells.
///
/// @param origin        server to connect to
/// @param path          path and query to ask it for
/// @param ofModelServer whether it is the model server, which may be anywhere
record CallbackTarget(Origin origin, String path, boolean ofModelServer) {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_SHOWN = 200;
    private static final int MAX_PORT = 65_535;
    private static final String EXPECTED =
            "; expected http://host/path, https://host/path or a path on the model server such as /cancel; correct it";

    /// Reads a path on a model server or an absolute URL.
    ///
    /// @param models all of them
    /// @param server the one that a path is on
    /// @throws CallException if it is neither
    static CallbackTarget parse(String target, List<Origin> models, int server) throws CallException {
        if (target.length() > MAX_LENGTH) {
            throw refused("callback target has " + target.length() + " letters; expected at most " + MAX_LENGTH
                    + "; move what it says into the payload");
        }
        String asked = withoutFragment(target);
        if (asked.startsWith("//")) {
            throw refused("callback target '" + shown(target) + "' names no scheme" + EXPECTED);
        }
        if (asked.startsWith("/")) {
            Origin model = models.get(server);
            return new CallbackTarget(model, model.path() + asked, true);
        }
        return absolute(asked, models);
    }

    private static CallbackTarget absolute(String asked, List<Origin> models) throws CallException {
        URI url = url(asked);
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            String found = scheme.isEmpty() ? "is neither a URL nor a path" : "has the scheme '" + scheme + "'";
            throw refused("callback target '" + shown(asked) + "' " + found + EXPECTED);
        }
        if (url.getRawAuthority() != null && url.getRawAuthority().indexOf('@') >= 0) {
            throw refused("callback target '" + shown(asked)
                    + "' carries a user name; expected none; move what it says into the payload");
        }
        if (url.getHost() == null || url.getHost().indexOf('%') >= 0) {
            throw refused("callback target '" + shown(asked) + "' has no valid host name" + EXPECTED);
        }
        if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
            throw refused("callback target '" + shown(asked) + "' has the port " + url.getPort() + "; expected 1 to "
                    + MAX_PORT + "; correct it");
        }
        Origin origin = Origin.of(url);
        return new CallbackTarget(origin, pathAndQuery(url), models.stream().anyMatch(origin::sameAs));
    }

    private static URI url(String text) throws CallException {
        try {
            return new URI(text);
        } catch (URISyntaxException broken) {
            throw refused("callback target '" + shown(text) + "' is not a URL" + EXPECTED);
        }
    }

    private static String pathAndQuery(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private static String withoutFragment(String target) {
        int hash = target.indexOf('#');
        return hash < 0 ? target : target.substring(0, hash);
    }

    /// A target for messages: without what may be a secret (query, user name), and not too long.
    static String shown(String target) {
        String text = HeadWriter.printable(target.split("[?#]", 2)[0]);
        String safe = text.replaceFirst("//[^/]*@", "//…@");
        return safe.length() <= MAX_SHOWN ? safe : safe.substring(0, MAX_SHOWN) + "…";
    }

    private static CallException refused(String message) {
        return new CallException(Kind.REFUSED, message);
    }
}
