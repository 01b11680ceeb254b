package dev.dray.app;

import dev.dray.adapter.logsources.FollowedFile;
import dev.dray.app.admin.log.ModelLines;
import dev.dray.app.config.Config;
import dev.dray.app.plugin.ModelLocation;
import dev.dray.domain.worker.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The log files of the model servers, each followed once, however many share it.
record ModelLogs(List<FollowedFile> files) implements AutoCloseable {
    /// @param lines keeps what is read
    static ModelLogs follow(ModelLocation model, Worker worker, ModelLines lines) {
        Map<Path, List<Integer>> servers = new LinkedHashMap<>();
        for (int place = 0; place < model.servers().size(); place++) {
            int server = place;
            model.servers()
                    .get(place)
                    .logFile()
                    .ifPresent(file -> servers.computeIfAbsent(file, _ -> new ArrayList<>())
                            .add(server));
        }
        var files = new ArrayList<FollowedFile>();
        servers.forEach((file, those) -> files.add(
                FollowedFile.start(file, from(model.logFrom()), lines.watching(those.getFirst(), worker.log(those)))));
        return new ModelLogs(List.copyOf(files));
    }

    private static FollowedFile.From from(Config.LogFrom from) {
        return switch (from) {
            case START -> FollowedFile.From.START;
            case END -> FollowedFile.From.END;
        };
    }

    @Override
    public void close() {
        files.forEach(FollowedFile::close);
    }
}
