package dev.dray.app;

import dev.dray.adapter.logsources.FollowedFile;
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
    static ModelLogs follow(ModelLocation model, Worker worker) {
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
        servers.forEach((file, those) -> files.add(FollowedFile.start(file, from(model.logFrom()), worker.log(those))));
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
