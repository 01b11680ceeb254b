package dev.dray.plugin.comfyui;

import dev.dray.model.JsonValue;
import dev.dray.spi.PluginContext;
import dev.dray.spi.ReadinessProbe;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Readiness of wrappers that do not log `BACKENDS_READY` yet: ComfyUI and the wrapper both answer.
///
/// The platform's reference worker writes the missing line into the wrapper's log; here the log stays
/// the wrapper's.
final class WrapperProbe {
    private static final String VARIABLE = "COMFYUI_API_BASE";
    private static final String COMFYUI = "http://127.0.0.1:18188";

    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration TIME_OUT = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private WrapperProbe() {}

    static ReadinessProbe read(PluginContext context) {
        return new ReadinessProbe(
                List.of(comfyUi(context) + "/system_stats", wrapper(context) + "/health"),
                DELAY,
                INTERVAL,
                TIME_OUT,
                DEADLINE);
    }

    // The wrapper's own variable, which the worker's environment shares.
    private static String comfyUi(PluginContext context) {
        Optional<String> set = context.environment(VARIABLE).map(String::strip).filter(value -> !value.isEmpty());
        Optional<String> usable = set.filter(WrapperProbe::isServer);
        if (set.isPresent() && usable.isEmpty()) {
            context.warning("%s: found '%s', expected a URL such as %s, which is used instead"
                    .formatted(VARIABLE, set.get(), COMFYUI));
        }
        return withoutSlash(usable.orElse(COMFYUI));
    }

    // Where the file says the wrapper is; of several the first, which is the one that is measured.
    private static String wrapper(PluginContext context) {
        return withoutSlash(Stream.of("/model/url", "/model/url/0", "/model/servers/0/url")
                .flatMap(pointer -> context.settings().at(pointer).flatMap(JsonValue::text).stream())
                .filter(WrapperProbe::isServer)
                .findFirst()
                .orElse(ComfyBackend.WRAPPER));
    }

    private static boolean isServer(String text) {
        try {
            URI url = URI.create(text);
            return "http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null;
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
