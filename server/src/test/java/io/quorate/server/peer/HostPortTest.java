package io.quorate.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostPortTest {
    @Test
    void addressesAreReadAsTheyAreWritten() {
        for (HostPort address : List.of(
                new HostPort("127.0.0.1", 9001), new HostPort("worker-1.example", 0), new HostPort("::1", 65_535))) {
            assertThat(HostPort.parse(address.toString())).contains(address);
        }
        assertThat(new HostPort("::1", 9001)).hasToString("[::1]:9001");
    }

    @Test
    void textsThatAreNoAddressAreNotRead() {
        for (String text :
                List.of("", "host", ":9001", "host:", "host:x", "host:-1", "host:65536", "::1:9001", "[]:1")) {
            assertThat(HostPort.parse(text)).as(text).isEmpty();
        }
    }
}
