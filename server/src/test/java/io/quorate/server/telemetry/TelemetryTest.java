package io.quorate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a scrape shows. */
class TelemetryTest {

    @Test
    void answersAreCountedByEndpointMethodAndStatus() {
        try (Telemetry telemetry = new Telemetry()) {
            telemetry.answered("/kv", "PUT", 201, 3_000_000);
            telemetry.answered("/kv", "PUT", 201, 700_000_000);
            telemetry.answered("/kv", "GET", 404, 1_000);

            assertThat(telemetry.scrape())
                    .contains("quorate_http_requests_seconds_count{method=\"PUT\",route=\"/kv\",status=\"201\"} 2")
                    .contains("quorate_http_requests_seconds_count{method=\"GET\",route=\"/kv\",status=\"404\"} 1")
                    .contains(
                            "quorate_http_requests_seconds_bucket{method=\"PUT\",route=\"/kv\",status=\"201\",le=\"0.005\"} 1");
        }
    }

    @Test
    void aScrapeShowsTheJvmToo() {
        try (Telemetry telemetry = new Telemetry()) {
            assertThat(telemetry.scrape()).contains("jvm_memory_used_bytes", "process_uptime_seconds");
            assertThat(telemetry.scrape()).contains("jvm_threads_live_threads");
        }
    }
}
