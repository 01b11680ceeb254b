package dev.dray.adapter.controlplanevast;

import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.PlatformRequest.Answered;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// `/pyworker/update`: the platform asks for an update by a file that something outside the worker waits for.
final class UpdateRoute {
    private static final System.Logger LOG = System.getLogger(UpdateRoute.class.getName());
    private static final String BEARER = "Bearer ";

    private final byte[] masterToken;
    private final Path file;

    /// @param masterToken opens the route; if it is empty, nothing does
    UpdateRoute(String masterToken, Path file) {
        this.masterToken = masterToken.getBytes(StandardCharsets.UTF_8);
        this.file = file;
    }

    Answered answer(InboundRequest request) {
        if (!isPlatform(request)) {
            return new Answered(
                    Reply.json(401, "{\"error\": \"unauthorized\"}"),
                    Outcome.UNVERIFIED,
                    "the token is not MASTER_TOKEN");
        }
        try {
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "platform asked for an update, but its file cannot be written file={0} hint={1}",
                    file,
                    "make its directory writable, or set worker.update-file",
                    e);
            return failed(e);
        }
        LOG.log(Level.INFO, "platform asked for an update file={0} remote={1}", file, request.remote());
        return new Answered(Reply.json(200, "{\"ok\": true}"), Outcome.SERVED, "");
    }

    private static Answered failed(IOException e) {
        // The message of a file's exception is often only its name.
        String text = e.getClass().getSimpleName() + ": " + e.getMessage();
        Reply reply = Reply.json(500, "{\"error\": " + PythonJson.quote("failed to write file: " + text) + "}");
        return new Answered(reply.with("X-Dray-Error-Source", "worker"), Outcome.ERRORED, text);
    }

    private boolean isPlatform(InboundRequest request) {
        String given = HeaderField.first(request.headers(), "Authorization").orElse("");
        String token = given.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? given.substring(BEARER.length()).strip()
                : given;
        boolean same = MessageDigest.isEqual(masterToken, token.getBytes(StandardCharsets.UTF_8));
        return same && masterToken.length > 0;
    }
}
