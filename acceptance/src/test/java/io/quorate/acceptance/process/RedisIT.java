package io.quorate.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/** Clients made for Redis against a cluster, through whichever worker; of another one the leader is killed. */
@SuppressWarnings("deprecation")
class RedisIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int CLIENTS = 8;
    private static final ClusterUnderTest CLUSTER = ClusterUnderTest.inOneProcess("redis");

    @AfterAll
    static void end() {
        CLUSTER.close();
    }

    private static int port(String worker) {
        return port(CLUSTER, worker);
    }

    private static int port(ClusterUnderTest cluster, String worker) {
        return cluster.port() - 1_000 + Integer.parseInt(worker.substring(1));
    }

    private static Jedis jedis(String worker, boolean resp3) {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder().timeoutMillis(10_000);
        return new Jedis(new HostAndPort("127.0.0.1", port(worker)), (resp3 ? config.resp3() : config.resp2()).build());
    }

    private static RedisClient lettuce(String worker) {
        return RedisClient.create(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port(worker))
                .withTimeout(Duration.ofSeconds(10))
                .build());
    }

    @Test
    void jedisFindsOnEveryWorkerWhatItWroteOnAnother() {
        for (boolean resp3 : new boolean[] {false, true}) {
            String prefix = "jedis" + resp3 + ":";
            try (Jedis one = jedis("w1", resp3);
                    Jedis other = jedis("w2", resp3)) {
                assertThat(one.ping()).isEqualTo("PONG");
                assertThat(one.set(prefix + "k", "v")).isEqualTo("OK");
                assertThat(other.get(prefix + "k")).isEqualTo("v");
                assertThat(CLUSTER.read("w3", prefix + "k").body()).isEqualTo("v");
                assertThat(other.get(prefix + "nothing")).isNull();
                assertThat(one.set(prefix + "k", "w", new SetParams().nx())).isNull();
                assertThat(one.append(prefix + "k", "w")).isEqualTo(2);
                assertThat(other.incrBy(prefix + "n", 41)).isEqualTo(41);
                assertThat(one.incr(prefix + "n")).isEqualTo(42);
                assertThat(one.incrByFloat(prefix + "n", 0.5)).isEqualTo(42.5);
                assertThat(one.mset(prefix + "a", "1", prefix + "b", "2")).isEqualTo("OK");
                assertThat(other.mget(prefix + "a", prefix + "c", prefix + "b")).containsExactly("1", null, "2");
                assertThat(other.del(prefix + "a", prefix + "b", prefix + "c")).isEqualTo(2);
                assertThatThrownBy(() -> one.hset(prefix + "h", "f", "v"))
                        .isInstanceOf(JedisDataException.class)
                        .hasMessageContaining("not supported");
                assertThat(one.waitReplicas(1, 5_000)).isBetween(1L, 2L);
                assertThat(one.waitReplicas(2, 5_000)).isEqualTo(2);
                assertThat(one.dbSize()).isPositive();
            }
        }
    }

    @Test
    void jedisPipelinesAreAnsweredInOrder() {
        try (Jedis jedis = jedis("w2", true);
                Pipeline pipeline = jedis.pipelined()) {
            List<Response<Long>> sums = new ArrayList<>();
            List<Response<String>> values = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                pipeline.set("pipeline:" + i % 100, "v" + i);
                values.add(pipeline.get("pipeline:" + i % 100));
                sums.add(pipeline.incr("pipeline:n"));
            }
            pipeline.sync();
            for (int i = 0; i < 2_000; i++) {
                assertThat(values.get(i).get()).isEqualTo("v" + i);
                assertThat(sums.get(i).get()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void jedisTransactionsAreAllOrNothing() {
        try (Jedis jedis = jedis("w1", true);
                Jedis other = jedis("w3", true)) {
            try (Transaction transaction = jedis.multi()) {
                transaction.set("{t}a", "1");
                transaction.incr("{t}a");
                transaction.append("{t}b", "x");
                assertThat(transaction.exec()).containsExactly("OK", 2L, 1L);
            }
            jedis.watch("{t}a");
            other.set("{t}a", "9");
            try (Transaction transaction = jedis.multi()) {
                transaction.set("{t}a", "lost");
                assertThat(transaction.exec()).isNull();
            }
            assertThat(other.get("{t}a")).isEqualTo("9");
            try (Transaction transaction = jedis.multi()) {
                IntStream.range(0, 5).forEach(i -> transaction.set("scattered" + i, "v"));
                assertThatThrownBy(transaction::exec).hasMessageContaining("CROSSSLOT");
            }
        }
    }

    @Test
    void jedisScansFromOneWorkerToTheNext() {
        Set<String> written = new HashSet<>();
        try (Jedis jedis = jedis("w1", true);
                Pipeline pipeline = jedis.pipelined()) {
            for (int i = 0; i < 500; i++) {
                written.add("scan:" + i);
                pipeline.set("scan:" + i, "v");
            }
            pipeline.sync();
        }
        List<String> found = new ArrayList<>();
        ScanParams params = new ScanParams().match("scan:*").count(20);
        String cursor = ScanParams.SCAN_POINTER_START;
        int call = 0;
        do {
            try (Jedis jedis = jedis("w" + (1 + call++ % 4), call % 2 == 0)) {
                ScanResult<String> page = jedis.scan(cursor, params);
                found.addAll(page.getResult());
                cursor = page.getCursor();
            }
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        assertThat(found).hasSize(500).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void whatExpiresIsGoneOnEveryWorker() {
        try (Jedis one = jedis("w1", true);
                Jedis other = jedis("w4", true)) {
            one.psetex("expiring", 700, "v");
            one.psetex("lasting", 600_000, "v");
            assertThat(other.pttl("lasting")).isBetween(1L, 600_000L);
            one.set("kept", "v", new SetParams().ex(100));
            one.set("kept", "w", new SetParams().keepTtl());
            assertThat(other.ttl("kept")).isBetween(90L, 100L);
            assertThat(other.persist("kept")).isEqualTo(1);
            assertThat(one.ttl("kept")).isEqualTo(-1);
            await("gone").atMost(Duration.ofSeconds(10)).until(() -> other.get("expiring") == null);
            assertThat(one.exists("expiring")).isFalse();
            assertThat(one.ttl("expiring")).isEqualTo(-2);
        }
    }

    @Test
    void lettuceTalksToEveryWorker() throws ExecutionException, InterruptedException, TimeoutException {
        RedisClient client = lettuce("w3");
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> sync = connection.sync();
            assertThat(sync.set("lettuce:k", "v", SetArgs.Builder.ex(100))).isEqualTo("OK");
            assertThat(sync.get("lettuce:k")).isEqualTo("v");
            assertThat(sync.getdel("lettuce:k")).isEqualTo("v");
            assertThat(sync.get("lettuce:k")).isNull();
            assertThat(sync.clientGetname()).isNull();
            sync.multi();
            sync.set("{l}a", "1");
            sync.incr("{l}a");
            assertThat(sync.exec()).containsExactly("OK", 2L);
            RedisAsyncCommands<String, String> async = connection.async();
            List<RedisFuture<Long>> sums = IntStream.range(0, 500)
                    .mapToObj(_ -> async.incr("lettuce:n"))
                    .toList();
            for (int i = 0; i < sums.size(); i++) {
                assertThat(sums.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i + 1);
            }
            IntStream.range(0, 50).forEach(i -> sync.set("lettuce:scan:" + i, "v"));
            List<String> found = ScanIterator.scan(
                            sync, ScanArgs.Builder.matches("lettuce:scan:*").limit(7))
                    .stream()
                    .toList();
            assertThat(found).hasSize(50).doesNotHaveDuplicates();
            assertThat(sync.mget("lettuce:scan:1", "lettuce:no"))
                    .containsExactly(KeyValue.just("lettuce:scan:1", "v"), KeyValue.empty("lettuce:no"));
            assertThat(sync.info("server")).contains("redis_version:");
        } finally {
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    @Test
    void acknowledgedIncrementsAreThereAfterTheLeaderWasKilled(TestReporter reporter) throws InterruptedException {
        try (ClusterUnderTest cluster = ClusterUnderTest.up("redis-loss")) {
            String leader = cluster.get("c1", "/map?key=redis-count").text("primaryId");
            List<Integer> others = cluster.workers().stream()
                    .filter(worker -> !worker.equals(leader))
                    .map(worker -> port(cluster, worker))
                    .toList();
            RedisCounting counting = new RedisCounting("redis-count", others);
            countAndKill(cluster, leader, counting);
            reporter.publishEntry(
                    "%d acknowledged, %d undecided".formatted(counting.acknowledged(), counting.undecided()));
            try (Jedis jedis = new Jedis("127.0.0.1", others.getFirst())) {
                assertThat(Long.parseLong(jedis.get("redis-count")))
                        .isBetween(counting.acknowledged(), counting.acknowledged() + counting.undecided());
            }
        }
    }

    private static void countAndKill(ClusterUnderTest cluster, String leader, RedisCounting counting)
            throws InterruptedException {
        List<Thread> threads = IntStream.range(0, CLIENTS)
                .mapToObj(client -> Thread.ofVirtual().start(() -> counting.run(client)))
                .toList();
        try {
            await("increments").atMost(PATIENCE).until(() -> counting.acknowledged() > 200);
            cluster.kill(leader);
            long before = counting.acknowledged();
            await("further increments").atMost(PATIENCE).until(() -> counting.acknowledged() > before + 200);
        } finally {
            counting.stop();
            for (Thread each : threads) {
                each.join();
            }
        }
    }
}
