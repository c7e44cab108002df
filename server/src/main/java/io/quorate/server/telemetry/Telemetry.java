package io.quorate.server.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The meters of one controller or worker; thread-safe. */
public final class Telemetry implements AutoCloseable {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofMillis(1_000),
        Duration.ofMillis(2_500)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ConcurrentHashMap<Request, Timer> requests = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Command, Timer> commands = new ConcurrentHashMap<>();
    private final AtomicBoolean scraped = new AtomicBoolean();

    /** One kind of answer; there are as many as endpoints, methods and statuses, never as many as keys. */
    private record Request(String route, String method, int status) {}

    /** One kind of answer; there are as many as families of commands and first words of errors. */
    private record Command(String family, String outcome) {}

    /** Takes down that a request was answered: {@code quorate_http_requests_seconds}. */
    public void answered(String route, String method, int status, long nanos) {
        requests.computeIfAbsent(new Request(route, method, status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Request request) {
        return Timer.builder("quorate.http.requests")
                .description("Answered requests, from their headers to the answer.")
                .tags(Tags.of(
                        Tag.of("route", request.route()),
                        Tag.of("method", request.method()),
                        Tag.of("status", Integer.toString(request.status()))))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Takes down that a command of a Redis client was answered: {@code quorate_redis_commands_seconds}. */
    public void commandAnswered(String family, String outcome, long nanos) {
        commands.computeIfAbsent(new Command(family, outcome), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Command command) {
        return Timer.builder("quorate.redis.commands")
                .description("Answered commands of Redis clients, from their arrival to the answer.")
                .tags(Tags.of(Tag.of("family", command.family()), Tag.of("outcome", command.outcome())))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Where further meters are registered. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All meters in the text format of Prometheus. */
    public String scrape() {
        if (scraped.compareAndSet(false, true)) {
            bindJvm();
        }
        return registry.scrape();
    }

    /** At the first scrape, because what the JVM knows of itself takes a good part of a second to load. */
    private void bindJvm() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    @Override
    public void close() {
        registry.close();
    }
}
