package io.quorate.server.wiring;

import io.quorate.server.http.RequestMeter;
import io.quorate.server.redis.CommandMeter;
import java.util.function.Supplier;

/**
 * Where a worker's front ends tell what they have answered.
 *
 * @param scrape the metrics in the text format of Prometheus
 * @param http hears of HTTP requests
 * @param redis hears of commands of Redis clients
 */
public record WorkerMetering(Supplier<String> scrape, RequestMeter http, CommandMeter redis) {}
