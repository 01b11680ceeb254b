package dev.dray.app.config;

import dev.dray.app.config.YamlValue.Group;
import dev.dray.app.config.YamlValue.Items;
import dev.dray.app.config.YamlValue.Member;
import dev.dray.app.config.YamlValue.Place;
import dev.dray.app.config.YamlValue.Scalar;
import dev.dray.app.config.YamlValue.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The file taken apart into known keys; what nobody knows is told.
final class FileSettings {
    private static final String HANDLERS = "handlers";

    private final String fileName;
    private final String text;
    private final List<Problem> problems;
    private final Map<String, Found> top = new LinkedHashMap<>();
    private final List<HandlerEntry> handlers = new ArrayList<>();

    /// A known key with its value.
    ///
    /// @param shown the key for messages: `handlers[0].route`
    record Found(String shown, YamlValue value) {}

    /// One entry under `handlers`.
    ///
    /// @param shown for messages: `handlers[0]`
    /// @param group the entry as it stands
    record HandlerEntry(String shown, Group group, Map<String, Found> found) {
        Place place() {
            return group.place();
        }
    }

    /// Nothing taken yet.
    ///
    /// @param text the whole file
    FileSettings(String fileName, String text, List<Problem> problems) {
        this.fileName = fileName;
        this.text = text;
        this.problems = problems;
    }

    String fileName() {
        return fileName;
    }

    String text() {
        return text;
    }

    Map<String, Found> top() {
        return top;
    }

    List<HandlerEntry> handlers() {
        return handlers;
    }

    void take(Group document) {
        walk(document, "", "", top);
    }

    private void walk(Group group, String prefix, String shownPrefix, Map<String, Found> into) {
        var lines = new LinkedHashMap<String, Integer>();
        for (Member member : group.members()) {
            String path = prefix + member.name();
            String shown = shownPrefix + member.name();
            Integer first = lines.putIfAbsent(member.name(), member.place().line());
            if (first != null) {
                report(member.place(), shown, "it a second time", "each key once, this one is in line " + first, "");
                continue;
            }
            if (path.equals(HANDLERS)) {
                takeHandlers(member);
            } else {
                takeMember(member, path, shown, into);
            }
        }
    }

    private void takeMember(Member member, String path, String shown, Map<String, Found> into) {
        boolean leaf = Keys.IN_FILE.containsKey(path);
        boolean branch = Keys.IN_FILE.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
        if (branch && member.value() instanceof Group group) {
            walk(group, path + ".", shown + ".", into);
        } else if (leaf) {
            into.put(path, new Found(shown, member.value()));
        } else if (branch) {
            requireEmpty(member, shown, "a group of keys: " + String.join(", ", NearestKey.names(path + ".")));
        } else {
            String advice = NearestKey.to(path)
                    .map(near -> "did you mean '" + near + "'?")
                    .orElse("");
            String parent = path.substring(0, path.lastIndexOf('.') + 1);
            report(
                    member.place(),
                    shown,
                    "an unknown key",
                    "one of " + String.join(", ", NearestKey.names(parent)),
                    advice);
        }
    }

    private void takeHandlers(Member member) {
        if (!(member.value() instanceof Items items)) {
            requireEmpty(member, HANDLERS, "a list of entries that begin with '- route: /…'");
            return;
        }
        int index = 0;
        for (YamlValue item : items.values()) {
            String shown = HANDLERS + "[" + index++ + "]";
            if (item instanceof Group group) {
                var found = new LinkedHashMap<String, Found>();
                walk(group, HandlerKeys.PREFIX, shown + ".", found);
                handlers.add(new HandlerEntry(shown, group, found));
            } else {
                report(item.place(), shown, item.described(), "a group of keys that begins with 'route: /…'", "");
            }
        }
    }

    // A group whose keys are all commented out reads as nothing, and means nothing.
    private void requireEmpty(Member member, String shown, String expected) {
        if (!(member.value() instanceof Scalar scalar && scalar.shape() == Shape.NOTHING)) {
            report(member.value().place(), shown, member.value().described(), expected, "");
        }
    }

    private void report(Place at, String key, String found, String expected, String advice) {
        problems.add(new Problem(new Origin.InFile(fileName, at.line(), at.column()), key, found, expected, advice));
    }
}
