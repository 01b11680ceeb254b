package dev.dray.adapter.modelclient;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// Finds the addresses of a host.
@FunctionalInterface
interface HostNames {
    /// As the machine finds them: hosts file, DNS, and its own cache of both.
    HostNames OF_MACHINE = host -> List.of(InetAddress.getAllByName(host));

    /// All addresses of a name, or the one that a literal spells.
    ///
    /// @throws java.net.UnknownHostException if there is none
    List<InetAddress> addresses(String host) throws IOException;
}
