package dev.dray.adapter.modelclient;

/// Everything that the requests to one model server share.
record Upstream(
        Origin origin,
        ConnectionPool pool,
        Connector connector,
        RefusalBreaker breaker,
        RequestSender sender,
        Redirects redirects,
        FailureText failures,
        StreamLoop streams) {}
