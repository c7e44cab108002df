package io.quorate.client;

import io.quorate.api.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client is made of; every part but the addresses has a default.
 *
 * <pre>{@code
 * QuorateClient client = QuorateClient.builder()
 *         .address("http://127.0.0.1:8000")
 *         .deadline(Duration.ofSeconds(2))
 *         .build();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class QuorateClientBuilder {
    /** The deadline of a call unless {@link #deadline} says otherwise. */
    public static final Duration DEADLINE = Duration.ofSeconds(5);

    /** The longest deadline: a cluster remembers the names of writes for ten minutes. */
    public static final Duration MAX_DEADLINE = Duration.ofMinutes(5);

    /** The limit of an attempt unless {@link #attemptLimit} says otherwise: a worker answers within two seconds. */
    public static final Duration ATTEMPT_LIMIT = Duration.ofMillis(2_500);

    /** How long a connection may take to be made unless {@link #connectLimit} says otherwise. */
    public static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

    /** Calls under way at once unless {@link #maxInFlight} says otherwise. */
    public static final int MAX_IN_FLIGHT = 256;

    /** Attempts of one call unless {@link #maxAttempts} says otherwise. */
    public static final int MAX_ATTEMPTS = 64;

    /** The longest answer in bytes unless {@link #maxResponseBytes} says otherwise: the longest value and some more. */
    public static final int MAX_RESPONSE_BYTES = Limits.MAX_VALUE_BYTES + (64 << 10);

    /** The longest map in bytes unless {@link #maxMapBytes} says otherwise: 16,384 partitions with seven replicas. */
    public static final int MAX_MAP_BYTES = 32 << 20;

    private static final int MOST_IN_FLIGHT = 65_536;
    private static final int MOST_BYTES = 1 << 30;

    private final List<Address> addresses = new ArrayList<>();
    private boolean fixed;
    private Duration deadline = DEADLINE;
    private Duration attemptLimit = ATTEMPT_LIMIT;
    private Duration connectLimit = CONNECT_LIMIT;
    private int maxInFlight = MAX_IN_FLIGHT;
    private int maxAttempts = MAX_ATTEMPTS;
    private int maxResponseBytes = MAX_RESPONSE_BYTES;
    private int maxMapBytes = MAX_MAP_BYTES;

    QuorateClientBuilder() {}

    /**
     * Adds the address of a controller or of a worker, from which the client learns the map; the more of them, the
     * likelier that one answers.
     *
     * @param url scheme, host and port, such as {@code http://127.0.0.1:8000}
     * @throws IllegalArgumentException when it is none of http or https, or has more than that
     */
    public QuorateClientBuilder address(String url) {
        addresses.add(Address.parse(url)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + url + "' is no address: give http:// or https://, a host and a port")));
        return this;
    }

    /** Asks the given addresses, which are workers', and no others: without a map, and in the order in which they are given. */
    public QuorateClientBuilder onlyTheseWorkers() {
        fixed = true;
        return this;
    }

    /** How long a call may take with all its attempts: 1 ms to {@link #MAX_DEADLINE}. */
    public QuorateClientBuilder deadline(Duration time) {
        deadline = inRange("deadline", time);
        return this;
    }

    /** How long one attempt may take before another worker is asked: 1 ms to {@link #MAX_DEADLINE}. */
    public QuorateClientBuilder attemptLimit(Duration time) {
        attemptLimit = inRange("attemptLimit", time);
        return this;
    }

    /** How long a connection may take to be made: 1 ms to {@link #MAX_DEADLINE}. */
    public QuorateClientBuilder connectLimit(Duration time) {
        connectLimit = inRange("connectLimit", time);
        return this;
    }

    /**
     * Calls under way at once, 1 to 65,536; there are no more connections in use than that, but for one that fetches the
     * map and one for each watch. Beyond it a blocking call waits within its deadline, and an asynchronous one is refused as {@code overloaded}.
     */
    public QuorateClientBuilder maxInFlight(int calls) {
        maxInFlight = inRange("maxInFlight", calls, MOST_IN_FLIGHT);
        return this;
    }

    /** Attempts of one call, 1 to 1,000,000. */
    public QuorateClientBuilder maxAttempts(int attempts) {
        maxAttempts = inRange("maxAttempts", attempts, 1_000_000);
        return this;
    }

    /**
     * The longest body of an answer to a read or a write of one key in bytes, 1 to 1 GiB; a longer value is not read. A page
     * of a listing and a change of a watch may have eight times as many, the answer to a batch at least 32 MiB.
     */
    public QuorateClientBuilder maxResponseBytes(int bytes) {
        maxResponseBytes = inRange("maxResponseBytes", bytes, MOST_BYTES);
        return this;
    }

    /** The longest map in bytes, 1 to 1 GiB. */
    public QuorateClientBuilder maxMapBytes(int bytes) {
        maxMapBytes = inRange("maxMapBytes", bytes, MOST_BYTES);
        return this;
    }

    private static Duration inRange(String name, Duration time) {
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException(name + " is from 1 ms to " + MAX_DEADLINE + ", not " + time);
        }
        return time;
    }

    private static int inRange(String name, int number, int most) {
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(name + " is from 1 to " + most + ", not " + number);
        }
        return number;
    }

    /**
     * A client, which has connected to nobody yet.
     *
     * @throws IllegalStateException when no address was given
     */
    public QuorateClient build() {
        if (addresses.isEmpty()) {
            throw new IllegalStateException("a client needs the address of a controller or of a worker");
        }
        ClientSettings settings = new ClientSettings(
                deadline, attemptLimit, connectLimit, maxInFlight, maxAttempts, maxResponseBytes, maxMapBytes);
        return new QuorateClient(Engine.start(addresses, fixed, settings));
    }
}
