package dev.dray.app.plugin;

import dev.dray.app.config.Config.LogFrom;
import dev.dray.model.HeaderField;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Where the model servers are and how to talk to it: the settings over what the plugin says.
///
/// @param servers        one or more; their places are their numbers
/// @param logFrom        whether lines written before the start count
/// @param healthTimeOut  limit of one probe
/// @param name           of the model; empty where unknown
/// @param keepAlive      an idle connection older than this is not used again
/// @param headers        fixed headers of each request; may hold keys
/// @param forwardHeaders client headers that go on, lower-case
/// @param maxConnections most connections at a time to one server; empty: no limit
public record ModelLocation(
        List<Server> servers,
        LogFrom logFrom,
        Duration healthTimeOut,
        Optional<String> name,
        Duration keepAlive,
        List<HeaderField> headers,
        Set<String> forwardHeaders,
        OptionalInt maxConnections) {
    public ModelLocation {
        servers = List.copyOf(servers);
        headers = List.copyOf(headers);
        forwardHeaders = Set.copyOf(forwardHeaders);
    }

    /// One model server.
    ///
    /// @param url     scheme, host, port, perhaps a path
    /// @param logFile log to follow, which others may share; empty: none
    /// @param health  path or absolute URL; empty: none
    /// @param command starts the model server; empty: somebody else does
    public record Server(URI url, Optional<Path> logFile, Optional<String> health, List<String> command) {
        public Server {
            command = List.copyOf(command);
        }
    }
}
