package dev.dray.adapter.httpserver;

import java.net.SocketAddress;

/// What tells one open connection from all others.
record Ends(SocketAddress remote, SocketAddress local) {}
