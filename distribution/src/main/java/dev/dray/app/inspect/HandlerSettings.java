package dev.dray.app.inspect;

import dev.dray.app.config.Effective;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the file says under `handlers`, by route.
final class HandlerSettings {
    private static final Pattern ENTRY = Pattern.compile("(handlers\\[\\d+])\\.(.+)");

    private final Map<String, Map<String, Effective>> byRoute = new HashMap<>();

    HandlerSettings(List<Effective> settings) {
        Map<String, Map<String, Effective>> byEntry = new HashMap<>();
        for (Effective setting : settings) {
            Matcher entry = ENTRY.matcher(setting.key());
            if (entry.matches()) {
                byEntry.computeIfAbsent(entry.group(1), _ -> new HashMap<>()).put(entry.group(2), setting);
            }
        }
        byEntry.values()
                .forEach(entry ->
                        Optional.ofNullable(entry.get("route")).ifPresent(route -> byRoute.put(route.value(), entry)));
    }

    /// A key of the route's entry; empty where there is no entry, or it does not name the key.
    Optional<Effective> of(String route, String key) {
        return Optional.ofNullable(byRoute.getOrDefault(route, Map.of()).get(key));
    }
}
