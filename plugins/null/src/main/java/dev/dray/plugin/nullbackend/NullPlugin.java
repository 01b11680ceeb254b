package dev.dray.plugin.nullbackend;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.PluginContext;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;

/// Plugin `null`: reads its three variables and opens the control port.
public final class NullPlugin implements BackendPlugin {
    private static final String PORT = "NULL_CONTROL_PORT";
    private static final String HEALTH = "BACKEND_HEALTH_URL";
    private static final String LONGEST = "MAX_RESERVATION_SECONDS";
    private static final int LARGEST_PORT = 65_535;

    @Override
    public String id() {
        return "null";
    }

    @Override
    public Backend start(PluginContext context) {
        int port = port(context);
        var reservation = new Reservation();
        context.control(port, new ControlDesk(context.sessions(), reservation));
        String health = health(context).orElse("http://127.0.0.1:" + port + "/health");
        return new NullBackend(port, health, new ReserveRoute(reservation, longest(context)));
    }

    private static int port(PluginContext context) {
        String text = said(context, PORT).orElse("18999");
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException told) {
            // Told below, with all that is no port.
        }
        context.problem(PORT, "found '" + text + "', expected 1 to " + LARGEST_PORT + "; correct or unset it");
        return LARGEST_PORT;
    }

    private static Optional<String> health(PluginContext context) {
        Optional<String> url = said(context, HEALTH);
        url.filter(text -> !isAbsolute(text))
                .ifPresent(text -> context.problem(
                        HEALTH,
                        "found '" + text + "', expected an absolute URL such as http://127.0.0.1:8000/health;"
                                + " correct or unset it"));
        return url;
    }

    private static boolean isAbsolute(String text) {
        try {
            var url = URI.create(text);
            return url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }

    private static BigDecimal longest(PluginContext context) {
        String text = said(context, LONGEST).orElse("3600");
        try {
            var seconds = new BigDecimal(text.strip());
            if (seconds.signum() > 0 && seconds.compareTo(ReserveRoute.LONGEST_SECONDS) <= 0) {
                return seconds;
            }
        } catch (NumberFormatException told) {
            // Told below, with all that is no time.
        }
        context.problem(
                LONGEST,
                "found '" + text + "', expected seconds greater than 0 and at most " + ReserveRoute.LONGEST_SECONDS
                        + "; correct or unset it");
        return BigDecimal.ONE;
    }

    private static Optional<String> said(PluginContext context, String name) {
        return context.environment(name).filter(text -> !text.isBlank());
    }
}
