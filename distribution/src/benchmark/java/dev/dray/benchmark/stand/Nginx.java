package dev.dray.benchmark.stand;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// nginx as a plain reverse proxy: one worker process, kept-alive connections to the model server, no log of requests.
/// What streams is not buffered; all else is as nginx has it by default.
public final class Nginx implements Contender, AutoCloseable {
    private final Path program;
    private final Path folder;
    private final int port;
    private Child child;

    private Nginx(Path program, Path folder, int port) throws IOException {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.child = launch();
    }

    /// The program, wherever Debian puts it.
    public static Optional<Path> find() {
        return Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Starts it and waits until it listens.
    ///
    /// @param model       host and port
    /// @param streams most streams at once; each is a connection to the client and one to the model server
    public static Nginx start(Path program, InetSocketAddress model, int streams, Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("nginx"));
        int port = FreePorts.find(1).getFirst();
        // As root it would become another user, who may not write here.
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        Files.writeString(
                folder.resolve("nginx.conf"),
                config(
                        OpenFiles.ofProxy(streams),
                        user,
                        model.getAddress().getHostAddress() + ":" + model.getPort(),
                        port));
        return new Nginx(program, folder, port);
    }

    /// With room for twice the connections there can be: nginx ends idle ones while less than a sixteenth is free.
    private static String config(int files, String user, String model, int port) {
        return """
            worker_processes 1;
            worker_rlimit_nofile %1$d;
            daemon off;
            pid nginx.pid;
            error_log stderr warn;
            %2$s
            events { worker_connections %5$d; }
            http {
              access_log off;
              client_max_body_size 0;
              keepalive_requests 1000000000;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_read_timeout 1h;
              upstream model {
                server %3$s;
                keepalive 1024;
                keepalive_requests 1000000000;
              }
              server {
                listen 127.0.0.1:%4$d backlog=4096;
                location / { proxy_pass http://model; }
                location /v1/chat/ { proxy_pass http://model; proxy_buffering off; }
              }
            }
            """.formatted(files, user, model, port, 2 * files);
    }

    private Child launch() throws IOException {
        Child started = Child.start(
                "nginx", List.of(program.toString(), "-p", folder + "/", "-c", "nginx.conf"), Map.of(), folder);
        Readiness.listening(started, port);
        return started;
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public ProcessUse use() throws IOException {
        return ProcessUse.of(child.handle());
    }

    @Override
    public void restart() throws IOException {
        child.close();
        child = launch();
    }

    @Override
    public void close() {
        child.close();
    }
}
