package dev.dray.adapter.modelclient;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ModelFailure.Kind;
import java.net.URI;
import java.util.Optional;

/// Follows a redirect where it stays with the same server: a model server that answers `/v1/` for `/v1` is common,
/// one that sends us elsewhere must not be trusted with a client's bytes.
final class Redirects {
    static final int MOST = 5;

    private final Origin origin;

    Redirects(Origin origin) {
        this.origin = origin;
    }

    /// The request to send next; empty if this answer is the last.
    ///
    /// @throws CallException if the redirect leads to another origin or nowhere
    Optional<Outgoing> next(ParsedHead answer, Outgoing request) throws CallException {
        boolean asGet = switch (answer.status()) {
            case 301, 302, 303 -> true;
            default -> false;
        };
        if (!asGet && answer.status() != 307 && answer.status() != 308) {
            return Optional.empty();
        }
        Optional<String> location = HeaderField.first(answer.endToEnd(), "Location");
        if (location.isEmpty()) {
            return Optional.empty();
        }
        String target = targetWithinOrigin(location.get(), request);
        return Optional.of(asGet ? request.getAt(target) : request.at(target));
    }

    private String targetWithinOrigin(String location, Outgoing request) throws CallException {
        try {
            URI from = URI.create(origin.root() + HeadWriter.encodedTarget(request.target()));
            URI to = from.resolve(URI.create(location));
            if (!Origin.of(to).sameAs(origin)) {
                throw new CallException(
                        Kind.REDIRECT,
                        "it redirects to another server, " + to.getScheme() + "://" + to.getRawAuthority()
                                + ", and only " + origin.root() + " is followed");
            }
            String path = to.getRawPath().isEmpty() ? "/" : to.getRawPath();
            return to.getRawQuery() == null ? path : path + "?" + to.getRawQuery();
        } catch (IllegalArgumentException notAUrl) {
            throw new CallException(
                    Kind.REDIRECT,
                    "it redirects to '" + HeadWriter.printable(location) + "', which is not a web address");
        }
    }
}
