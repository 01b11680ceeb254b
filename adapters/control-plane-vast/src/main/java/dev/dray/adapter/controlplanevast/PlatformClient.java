package dev.dray.adapter.controlplanevast;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;

/// Makes the HTTP client for what is posted to the platform.
final class PlatformClient {
    private PlatformClient() {}

    static HttpClient create(Duration connectTimeOut) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(connectTimeOut)
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("dray-platform-", 0).factory()))
                .build();
    }
}
