package io.quorate.server.http;

import static io.quorate.server.http.HttpFixture.send;
import static io.quorate.server.http.HttpFixture.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That pages of other sites cannot use a browser against a server. */
class OriginHttpTest {
    private final HttpFixture fixture = new HttpFixture();
    private final FakeWorker worker = new FakeWorker("w1");
    private final int port = fixture.worker(worker);

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8001",
                "LOCALHOST",
                "localhost.",
                "a.localhost",
                "127.0.0.1",
                "127.0.0.1:1",
                "[::1]",
                "[::1]:8001",
                "192.168.1.7:8001",
                "worker1",
                "Worker1:8001",
            })
    void itsOwnNamesAndAddressesAreServed(String host) throws IOException {
        assertThat(send(port, "GET", "/health", "Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example", "worker2", "localhost.evil.example", "127.0.0.1.evil.example", "xlocalhost",
                        "a@localhost",
                "", "[::1", "localhost:80:80", "localhost:x", "localhost/evil", "1.2.3.4.5",
            })
    void anotherNameIsRefusedOnEveryPath(String host) throws IOException {
        for (String path : new String[] {"/health", "/kv/k", "/nothing"}) {
            Answer refused = send(port, "GET", path, "Host: " + host);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("detail").stringValue()).contains("not a name of this server");
        }
    }

    @Test
    void aRequestNamesExactlyOneHost() throws IOException {
        assertThat(send(port, "GET /health HTTP/1.1\r\n\r\n").status()).isEqualTo(400);
        assertThat(send(port, "GET", "/health", "Host: localhost", "Host: localhost")
                        .status())
                .isEqualTo(400);
        assertThat(send(port, "GET", "http://evil.example/health", "Host: localhost")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aChangeFromAPageOfAnotherSiteIsRefused() throws IOException {
        for (String origin :
                new String[] {"http://evil.example", "null", "http://localhost:1", "https://localhost.x", ""}) {
            assertThat(sendBody(port, "PUT", "/kv/k", "v", "Origin: " + origin).status())
                    .isEqualTo(400);
            assertThat(send(port, "POST", "/pull", "Origin: " + origin).status())
                    .isEqualTo(400);
            assertThat(send(port, "DELETE", "/kv/k", "Origin: " + origin).status())
                    .isEqualTo(400);
        }
        assertThat(worker.commands).isEmpty();
        assertThat(sendBody(port, "PUT", "/kv/k", "v", "Origin: http://localhost")
                        .status())
                .isEqualTo(201);
        assertThat(sendBody(port, "PUT", "/kv/k", "v", "Host: localhost:7", "Origin: https://LOCALHOST:7")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void forwardedHeadersChangeNothing() throws IOException {
        assertThat(send(port, "GET", "/health", "Host: evil.example", "X-Forwarded-Host: localhost")
                        .status())
                .isEqualTo(400);
        assertThat(send(port, "GET", "/health", "X-Forwarded-Host: evil.example")
                        .status())
                .isEqualTo(200);
    }
}
