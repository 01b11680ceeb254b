package dev.dray.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.config.Kind.Reading;
import dev.dray.app.config.YamlValue.Group;
import dev.dray.app.config.YamlValue.Items;
import dev.dray.app.config.YamlValue.Member;
import dev.dray.app.config.YamlValue.Scalar;
import dev.dray.app.config.YamlValue.Shape;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The types that name model servers.
final class ServerKinds {
    /// The core knows them by the bits of one number.
    private static final int MOST = 64;

    private static final Kind<URI> URL = Kinds.baseUrl();
    private static final Kind<OrNone<String>> LOG_FILE = Kinds.orNone(Kinds.text("a path"));
    private static final Kind<OrNone<String>> HEALTH = Kinds.orNone(Kinds.pathOrUrl());
    private static final Kind<List<String>> COMMAND = GroupKinds.command();

    private ServerKinds() {}

    /// One model server as it was written.
    ///
    /// @param logFile not yet resolved
    /// @param command empty: none
    record Entry(URI url, Optional<OrNone<String>> logFile, Optional<OrNone<String>> health, List<String> command) {
        static Entry at(URI url) {
            return new Entry(url, Optional.empty(), Optional.empty(), List.of());
        }
    }

    /// One URL, or a list of them.
    static Kind<List<Entry>> urls() {
        return new UrlsKind();
    }

    /// A list of groups.
    static Kind<List<Entry>> servers() {
        return new ServersKind();
    }

    private record UrlsKind() implements Kind<List<Entry>> {
        @Override
        public String expected() {
            return "a URL such as http://127.0.0.1:18000, or a list of 1 to " + MOST + " of them";
        }

        @Override
        public ObjectNode schema() {
            return Schemas.anyOf(URL.schema(), several(URL.schema()));
        }

        @Override
        public Reading<List<Entry>> read(YamlValue value) {
            List<YamlValue> urls = value instanceof Items items ? items.values() : List.of(value);
            return each(value, urls, expected(), one -> switch (URL.read(one)) {
                case Reading.Good<URI>(URI url) -> new Reading.Good<>(Entry.at(url));
                case Reading.Bad<URI>(YamlValue culprit, String _) -> new Reading.Bad<>(culprit, expected());
            });
        }
    }

    private record ServersKind() implements Kind<List<Entry>> {
        @Override
        public String expected() {
            return "a list of 1 to " + MOST + " groups, each with url and perhaps log-file, health, command";
        }

        @Override
        public ObjectNode schema() {
            ObjectNode server = Schemas.group();
            ObjectNode members = (ObjectNode) server.get("properties");
            members.set("url", URL.schema());
            members.set("log-file", LOG_FILE.schema());
            members.set("health", HEALTH.schema());
            members.set("command", COMMAND.schema());
            server.putArray("required").add("url");
            // What the command prints is the log: another one beside it would be read in vain.
            ObjectNode alone =
                    server.putObject("dependentSchemas").putObject("command").putObject("properties");
            alone.set("log-file", Schemas.word("none"));
            return several(server);
        }

        @Override
        public Reading<List<Entry>> read(YamlValue value) {
            if (!(value instanceof Items items)) {
                return new Reading.Bad<>(value, expected());
            }
            return each(value, items.values(), expected(), ServersKind::entry);
        }

        private static Reading<Entry> entry(YamlValue value) {
            if (!(value instanceof Group group)) {
                return new Reading.Bad<>(value, "a group of keys that begins with 'url: http://…'");
            }
            var members = new Members(group);
            Optional<URI> url = members.take("url", URL);
            Optional<OrNone<String>> logFile = members.take("log-file", LOG_FILE);
            Optional<OrNone<String>> health = members.take("health", HEALTH);
            Optional<List<String>> command = members.take("command", COMMAND);
            members.refuseOthers();
            if (members.bad != null) {
                return members.bad;
            }
            if (url.isEmpty()) {
                return new Reading.Bad<>(group, "a 'url' in it");
            }
            if (command.isPresent() && logFile.flatMap(OrNone::value).isPresent()) {
                return new Reading.Bad<>(
                        group, "a log-file or a command, not both: what the command prints is the log");
            }
            return new Reading.Good<>(new Entry(url.get(), logFile, health, command.orElse(List.of())));
        }
    }

    private static ObjectNode several(ObjectNode one) {
        return Schemas.listOf(one).put("minItems", 1).put("maxItems", MOST);
    }

    private interface EntryReader {
        Reading<Entry> read(YamlValue value);
    }

    private static Reading<List<Entry>> each(
            YamlValue whole, List<YamlValue> values, String expected, EntryReader reader) {
        if (values.isEmpty() || values.size() > MOST) {
            return new Reading.Bad<>(whole, expected);
        }
        var entries = new ArrayList<Entry>();
        var urls = new HashSet<URI>();
        for (YamlValue value : values) {
            switch (reader.read(value)) {
                case Reading.Good<Entry>(Entry entry) -> {
                    if (!urls.add(entry.url())) {
                        return new Reading.Bad<>(value, "each model server once: another one has " + entry.url());
                    }
                    entries.add(entry);
                }
                case Reading.Bad<Entry>(YamlValue culprit, String wanted) -> {
                    return new Reading.Bad<>(culprit, wanted);
                }
            }
        }
        return new Reading.Good<>(List.copyOf(entries));
    }

    /// The keys of one entry; remembers the first mistake.
    private static final class Members {
        private final Map<String, Member> left = new HashMap<>();
        private Reading.@Nullable Bad<Entry> bad;

        Members(Group group) {
            for (Member member : group.members()) {
                if (left.put(member.name(), member) != null) {
                    refuse(member, "each key once");
                }
            }
        }

        <T> Optional<T> take(String name, Kind<T> kind) {
            Member member = left.remove(name);
            if (member == null) {
                return Optional.empty();
            }
            return switch (kind.read(member.value())) {
                case Reading.Good<T>(T value) -> Optional.of(value);
                case Reading.Bad<T>(YamlValue culprit, String expected) -> {
                    refuse(culprit, "for '" + name + "' " + expected);
                    yield Optional.empty();
                }
            };
        }

        void refuseOthers() {
            left.values().forEach(member -> refuse(member, "one of url, log-file, health, command"));
        }

        private void refuse(Member member, String expected) {
            refuse(new Scalar(member.place(), Shape.TEXT, member.name()), expected);
        }

        private void refuse(YamlValue culprit, String expected) {
            if (bad == null) {
                bad = new Reading.Bad<>(culprit, expected);
            }
        }
    }
}
