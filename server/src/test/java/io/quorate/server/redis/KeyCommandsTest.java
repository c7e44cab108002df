package io.quorate.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands over keys: one of them or many, in one partition or several, and when they expire. */
class KeyCommandsTest {
    private final FakeKeyspace cluster = new FakeKeyspace();
    private final Talk talk = new Talk(cluster);

    private static String keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).collect(Collectors.joining(" "));
    }

    @Test
    void keysOfSeveralPartitionsAreDonePartitionByPartition() {
        String pairs = IntStream.range(0, 50).mapToObj(i -> "k" + i + " v" + i).collect(Collectors.joining(" "));
        assertThat(talk.say("MSET " + pairs)).isEqualTo("+OK");
        assertThat(cluster.writes.size()).isBetween(2, FakeKeyspace.PARTITIONS);
        assertThat(talk.say("MGET k0 nothing k49 k0")).isEqualTo("*4 $2 v0 $-1 $3 v49 $2 v0");
        assertThat(talk.say("EXISTS " + keys(60) + " k0")).isEqualTo(":51");
        assertThat(talk.say("TOUCH k0 k1 nothing")).isEqualTo(":2");
        assertThat(talk.say("DEL k0 k0 k1")).isEqualTo(":2");
        assertThat(talk.say("UNLINK " + keys(60))).isEqualTo(":48");
        assertThat(cluster.records).isEmpty();
        assertThat(talk.say("TYPE k0")).isEqualTo("+none");
        talk.say("SET k0 v");
        assertThat(talk.say("TYPE k0")).isEqualTo("+string");
    }

    @Test
    void manyKeysOfOnePartitionNeedSeveralEntries() {
        String pairs = IntStream.range(0, 300).mapToObj(i -> "{t}" + i + " v").collect(Collectors.joining(" "));
        assertThat(talk.say("MSET " + pairs)).isEqualTo("+OK");
        assertThat(cluster.writes).hasSize(3);
        assertThat(talk.say("MSET {t}a 1 {t}a 2")).isEqualTo("+OK");
        assertThat(cluster.text("{t}a")).isEqualTo("2");
    }

    @Test
    void aFailureOfOnePartitionIsTheAnswer() {
        cluster.nextWrites.add(new Outcome.NotApplied(Problem.NO_QUORUM, "two are away"));
        assertThat(talk.say("DEL " + keys(20))).isEqualTo("-NOREPLICAS two are away");
    }

    @Test
    void whoWantsNoHalfDoneCommandsGetsNone() {
        RedisSettings strict = new RedisSettings("127.0.0.1", 7_001, 2_000, 1 << 20, true);
        Talk strictly = new Talk(cluster, strict, new SessionRegistry());
        assertThat(strictly.say("MGET " + keys(20))).startsWith("-CROSSSLOT ");
        assertThat(strictly.say("MGET {t}1 {t}2")).isEqualTo("*2 $-1 $-1");
    }

    @Test
    void severalAreSetIfNoneExistsInOnePartitionAlone() {
        assertThat(talk.say("MSETNX {t}1 a {t}2 b")).isEqualTo(":1");
        assertThat(talk.say("MSETNX {t}2 c {t}3 d")).isEqualTo(":0");
        assertThat(cluster.text("{t}3")).isEqualTo("(none)");
        assertThat(talk.say("MSETNX {t}4 c {t}4 d")).isEqualTo(":1");
        assertThat(cluster.text("{t}4")).isEqualTo("d");
        assertThat(talk.say("MSETNX {t}5")).isEqualTo("-ERR wrong number of arguments for 'msetnx' command");
        assertThat(talk.say("MSETNX {t}5 a {t}6")).isEqualTo("-ERR wrong number of arguments for 'msetnx' command");
        String pairs = IntStream.range(0, 20).mapToObj(i -> "k" + i + " v").collect(Collectors.joining(" "));
        assertThat(talk.say("MSETNX " + pairs)).startsWith("-CROSSSLOT ");
    }

    @ParameterizedTest
    @CsvSource({"EXPIRE k 100", "PEXPIRE k 100000", "EXPIREAT k 4000000000", "PEXPIREAT k 4000000000000"})
    void aKeyThatIsThereCanBeMadeToExpire(String line) {
        assertThat(talk.say(line)).isEqualTo(":0");
        cluster.store("k", "v");
        assertThat(talk.say(line)).isEqualTo(":1");
        assertThat(talk.say("TTL k")).isNotEqualTo(":-1");
        assertThat(talk.say("PERSIST k")).isEqualTo(":1");
        assertThat(talk.say("PERSIST k")).isEqualTo(":0");
        assertThat(talk.say("TTL k")).isEqualTo(":-1");
        assertThat(talk.say("PERSIST nothing")).isEqualTo(":0");
    }

    @ParameterizedTest
    @CsvSource({"EXPIRE k 0", "PEXPIRE k -5", "EXPIREAT k 1", "PEXPIREAT k -1", "EXPIREAT k 1 LT"})
    void aMomentThatIsOverDeletes(String line) {
        cluster.store("k", "v");
        assertThat(talk.say(line)).isEqualTo(":1");
        assertThat(talk.say("EXISTS k")).isEqualTo(":0");
        assertThat(talk.say("TTL k")).isEqualTo(":-2");
    }

    @Test
    void demandsOnTheOldExpiry() {
        cluster.store("k", "v");
        assertThat(talk.say("EXPIRE k 100 XX")).isEqualTo(":0");
        assertThat(talk.say("EXPIRE k 100 GT")).isEqualTo(":0");
        assertThat(talk.say("EXPIRE k 100 LT")).isEqualTo(":1");
        assertThat(talk.say("EXPIRE k 200 NX")).isEqualTo(":0");
        assertThat(talk.say("EXPIRE k 200 LT")).isEqualTo(":0");
        assertThat(talk.say("EXPIRE k 200 GT")).isEqualTo(":1");
        assertThat(talk.say("EXPIRE k 300 XX")).isEqualTo(":1");
        assertThat(talk.say("TTL k")).isEqualTo(":300");
        assertThat(talk.say("EXPIRE k 100 NX GT")).startsWith("-ERR NX and XX, GT or LT options");
        assertThat(talk.say("EXPIRE k 100 GT LT")).startsWith("-ERR GT and LT options");
        assertThat(talk.say("EXPIRE k 100 FOO")).isEqualTo("-ERR Unsupported option FOO");
        assertThat(talk.say("EXPIRE k 9223372036854775807")).isEqualTo("-ERR invalid expire time in 'expire' command");
        assertThat(talk.say("PEXPIREAT k 9223372036854775807")).isEqualTo(":1");
    }

    @Test
    void allKeysAreFoundOnceByAScan() {
        for (int i = 0; i < 500; i++) {
            cluster.store("key" + i, "v");
        }
        TreeSet<String> found = new TreeSet<>();
        int calls = 0;
        String cursor = "0";
        do {
            List<String> answer =
                    List.of(talk.say("SCAN " + cursor + " COUNT 7").split(" ", -1));
            cursor = answer.get(2);
            for (int i = 5; i < answer.size(); i += 2) {
                assertThat(found.add(answer.get(i))).as(answer.get(i)).isTrue();
            }
            calls++;
        } while (!cursor.equals("0") && calls < 1_000);
        assertThat(found).hasSize(500);
        assertThat(calls).isBetween(500 / 7, 500);
        assertThat(talk.say("DBSIZE")).isEqualTo(":500");
        assertThat(talk.say("RANDOMKEY")).startsWith("$").contains("key");
    }

    @Test
    void aScanTakesAPatternAndAType() {
        cluster.store("user:1", "v");
        cluster.store("user:2", "v");
        cluster.store("other", "v");
        assertThat(talk.say("SCAN 0 MATCH user:* COUNT 1000"))
                .contains("user:1", "user:2")
                .doesNotContain("other");
        assertThat(talk.say("SCAN 0 TYPE string COUNT 1000")).contains("other");
        assertThat(talk.say("SCAN 0 TYPE hash")).isEqualTo("*2 $1 0 *0");
        assertThat(talk.say("KEYS user:?")).startsWith("*2 ").contains("user:1", "user:2");
        assertThat(talk.say("SCAN 0 COUNT 0")).isEqualTo("-ERR syntax error");
        assertThat(talk.say("SCAN x")).isEqualTo("-ERR invalid cursor");
        assertThat(talk.say("RANDOMKEY")).startsWith("$");
    }

    @Test
    void aCursorThatIsNotKeptIsAnErrorThatSaysSo() {
        long own = new ScanPositions(System::nanoTime, (_, _, _) -> {}).keep("w1", ScanPosition.BEGIN);
        assertThat(talk.say("SCAN " + own)).startsWith("-ERR this SCAN cursor is not kept any more");
        assertThat(talk.say("SCAN 17")).startsWith("-ERR this SCAN cursor is not kept any more");
    }

    @Test
    void aCursorOfAnotherWorkerIsAskedForThere() {
        cluster.store("{t}a", "v");
        cluster.store("{t}b", "v");
        long other = new ScanPositions(System::nanoTime, (_, _, _) -> {}).keep("w2", ScanPosition.BEGIN);
        talk.positionElsewhere = java.util.Optional.of(
                new ScanPosition(cluster.partition("{t}b"), io.quorate.api.Bytes.utf8("{t}b")).encoded());
        assertThat(talk.say("SCAN " + other + " MATCH {t}*")).isEqualTo("*2 $1 0 *1 $4 {t}b");
        assertThat(talk.askedFor).containsExactly("http://127.0.0.1:8002");
    }
}
