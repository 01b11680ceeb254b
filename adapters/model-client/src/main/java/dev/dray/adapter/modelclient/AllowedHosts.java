package dev.dray.adapter.modelclient;

import dev.dray.port.exchange.ModelFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds only the addresses that a callback may go to, and refuses a host that has any other.
///
/// Whoever connects must connect to the very addresses found here: asking again could bring others.
final class AllowedHosts implements HostNames {
    private final HostNames names;
    private final boolean allowPrivate;

    AllowedHosts(HostNames names, boolean allowPrivate) {
        this.names = names;
        this.allowPrivate = allowPrivate;
    }

    /// @throws CallException if the host is unknown or has a forbidden address
    @Override
    public List<InetAddress> addresses(String host) throws IOException {
        List<InetAddress> found = find(host);
        for (InetAddress address : found) {
            AddressKind kind = AddressKind.of(address);
            if (!kind.usable(allowPrivate)) {
                throw new CallException(Kind.REFUSED, refusal(host, address, kind));
            }
        }
        return found;
    }

    private List<InetAddress> find(String host) throws IOException {
        try {
            return names.addresses(host);
        } catch (UnknownHostException unknown) {
            throw new CallException(
                    Kind.REFUSED,
                    "callback host '" + host + "' is unknown; expected a name that resolves from here; correct it");
        }
    }

    private String refusal(String host, InetAddress address, AddressKind kind) {
        String where = address.getHostAddress();
        String found = where.equals(host) ? "is " + kind : "has " + kind + ", " + where;
        String expected = allowPrivate ? "a public or private address" : "a public address";
        String advice = kind.dependsOnSetting()
                ? "use one, a path on the model server, or set 'callbacks.allow-private: true'"
                : "use one, or a path on the model server";
        return "callback host '" + host + "' " + found + "; expected " + expected + "; " + advice;
    }
}
