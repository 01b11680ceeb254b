package dev.dray.adapter.modelclient;

import dev.dray.port.exchange.ModelFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Opens connections to one origin.
final class Connector {
    private final Origin origin;
    private final @Nullable SSLSocketFactory tls;
    private final HostNames names;

    /// @param tls asked only if the origin is a secure one: loading the JDK's trust takes its time
    Connector(Origin origin, Supplier<SSLSocketFactory> tls) {
        this(origin, tls, HostNames.OF_MACHINE);
    }

    /// @param names the addresses found are the very ones connected to
    Connector(Origin origin, Supplier<SSLSocketFactory> tls, HostNames names) {
        this.origin = origin;
        this.names = names;
        this.tls = origin.secure() ? tls.get() : null;
    }

    /// Tries each address of the host in turn. Nothing has been written, so trying again is safe.
    ///
    /// @throws CallException if there is no connection to be had
    Connection open(Flight flight) throws IOException {
        flight.connecting();
        IOException refusal = new ConnectException("the name has no address");
        for (InetAddress address : addresses()) {
            Connection connection = new Connection();
            flight.use(connection);
            try {
                connection.connect(new InetSocketAddress(address, origin.port()), origin, tls);
                return connection;
            } catch (ConnectException | NoRouteToHostException refused) {
                connection.close();
                refusal = refused;
            } catch (IOException broken) {
                connection.close();
                throw broken;
            }
        }
        throw new CallException(Kind.REFUSED, String.valueOf(refusal.getMessage()));
    }

    private List<InetAddress> addresses() throws IOException {
        try {
            return names.addresses(origin.host());
        } catch (UnknownHostException unknown) {
            throw new CallException(Kind.REFUSED, "the host name is unknown");
        }
    }
}
