package io.quorate.acceptance.process;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Redis clients that add to one number, and try again whatever happens; each on a worker of its own. Thread-safe. */
@SuppressWarnings("deprecation")
final class RedisCounting {
    private final String key;
    private final List<Integer> ports;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong undecided = new AtomicLong();
    private volatile boolean stopped;

    RedisCounting(String key, List<Integer> ports) {
        this.key = key;
        this.ports = ports;
    }

    /** Adds until it is stopped. */
    void run(int client) {
        int next = client;
        while (!stopped) {
            int port = ports.get(next++ % ports.size());
            try (Jedis jedis = new Jedis(
                    new HostAndPort("127.0.0.1", port),
                    DefaultJedisClientConfig.builder().timeoutMillis(10_000).build())) {
                while (!stopped) {
                    add(jedis);
                }
            } catch (JedisConnectionException lost) {
                undecided.incrementAndGet();
            }
        }
    }

    private void add(Jedis jedis) {
        try {
            jedis.incr(key);
            acknowledged.incrementAndGet();
        } catch (JedisDataException refused) {
            String told = String.valueOf(refused.getMessage());
            if (told.startsWith("UNKNOWN ")) {
                undecided.incrementAndGet();
            } else if (!told.startsWith("NOREPLICAS ") && !told.startsWith("TRYAGAIN ")) {
                throw refused;
            }
        }
    }

    void stop() {
        stopped = true;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /** Increments of which nobody knows whether they were done. */
    long undecided() {
        return undecided.get();
    }
}
