package io.quorate.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands over values: what they answer, and what they ask the leader for. */
class ValueCommandsTest {
    private final FakeKeyspace cluster = new FakeKeyspace();
    private final Talk talk = new Talk(cluster);

    @Test
    void aValueIsWrittenAsBytesAndRead() {
        assertThat(talk.say("SET k v")).isEqualTo("+OK");
        assertThat(cluster.writes.getFirst().commands())
                .containsExactly(new Command.Put(Bytes.utf8("k"), Value.raw(Bytes.utf8("v"), Value.OCTET_STREAM)));
        assertThat(talk.say("get k")).isEqualTo("$1 v");
        assertThat(talk.say("GET nothing")).isEqualTo("$-1");
        assertThat(talk.say("STRLEN k")).isEqualTo(":1");
    }

    @ParameterizedTest
    @CsvSource({
        "SET k v EX 10, 10000",
        "SET k v PX 10, 10",
        "SETEX k 10 v, 10000",
        "PSETEX k 10 v, 10",
    })
    void aTimeToLiveCountsFromTheWrite(String line, long millis) {
        assertThat(talk.say(line)).isEqualTo("+OK");
        assertThat(cluster.writes.getFirst().command())
                .isInstanceOfSatisfying(
                        Command.Put.class, put -> assertThat(put.lifetime()).isEqualTo(new Lifetime.For(millis)));
    }

    @Test
    void aMomentAndTheOldTimeToLiveCanBeAskedFor() {
        talk.say("SET k v EXAT 4000000000");
        talk.say("SET k w KEEPTTL");
        assertThat(talk.say("EXPIRETIME k")).isEqualTo(":4000000000");
        assertThat(cluster.text("k")).isEqualTo("w");
        talk.say("SET k x");
        assertThat(talk.say("TTL k")).isEqualTo(":-1");
    }

    @Test
    void conditionsAreTheLeadersToEvaluate() {
        assertThat(talk.say("SET k v XX")).isEqualTo("$-1");
        assertThat(talk.say("SET k v NX")).isEqualTo("+OK");
        assertThat(talk.say("SET k w NX")).isEqualTo("$-1");
        assertThat(talk.say("SETNX k w")).isEqualTo(":0");
        assertThat(talk.say("SETNX l w")).isEqualTo(":1");
        assertThat(cluster.reads).isEmpty();
        assertThat(cluster.writes.getFirst().command().condition()).isEqualTo(new Condition.Exists());
    }

    @Test
    void theOldValueComesInTheSameStepAsTheChange() {
        cluster.store("k", "old");
        assertThat(talk.say("GETSET k new")).isEqualTo("$3 old");
        assertThat(talk.say("SET k newer GET")).isEqualTo("$3 new");
        assertThat(talk.say("SET k newest NX GET")).isEqualTo("$5 newer");
        assertThat(talk.say("SET k newest XX GET")).isEqualTo("$5 newer");
        assertThat(talk.say("SET l v NX GET")).isEqualTo("$-1");
        assertThat(cluster.text("l")).isEqualTo("v");
        assertThat(talk.say("GETDEL k")).isEqualTo("$6 newest");
        assertThat(talk.say("GETDEL k")).isEqualTo("$-1");
        assertThat(talk.say("GETEX l EX 100")).isEqualTo("$1 v");
        assertThat(talk.say("TTL l")).isEqualTo(":100");
        assertThat(talk.say("GETEX l PERSIST")).isEqualTo("$1 v");
        assertThat(talk.say("TTL l")).isEqualTo(":-1");
        assertThat(talk.say("GETEX nothing EX 100")).isEqualTo("$-1");
        assertThat(talk.say("GETEX l")).isEqualTo("$1 v");
    }

    @Test
    void partsOfAValue() {
        assertThat(talk.say("APPEND k Hello")).isEqualTo(":5");
        assertThat(talk.say("APPEND k _World")).isEqualTo(":11");
        assertThat(talk.say("GETRANGE k 0 4")).isEqualTo("$5 Hello");
        assertThat(talk.say("GETRANGE k -5 -1")).isEqualTo("$5 World");
        assertThat(talk.say("GETRANGE k -100 100")).isEqualTo("$11 Hello_World");
        assertThat(talk.say("GETRANGE k 5 3")).isEqualTo("$0");
        assertThat(talk.say("GETRANGE k -1 -5")).isEqualTo("$0");
        assertThat(talk.say("GETRANGE nothing 0 -1")).isEqualTo("$0");
        assertThat(talk.say("SETRANGE k 6 There")).isEqualTo(":11");
        assertThat(cluster.text("k")).isEqualTo("Hello_There");
        assertThat(talk.say("SETRANGE nothing 0 \"\"")).isEqualTo(":0");
        assertThat(talk.say("EXISTS nothing")).isEqualTo(":0");
        assertThat(talk.say("SETRANGE k -1 x")).isEqualTo("-ERR offset is out of range");
        assertThat(talk.say("SETRANGE k 1048576 x"))
                .isEqualTo("-ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    }

    @Test
    void aChangedValueKeepsItsFormAndItsTimeToLive() {
        cluster.store("k", "1");
        talk.say("EXPIRE k 100");
        talk.say("APPEND k 2");
        assertThat(cluster.records)
                .hasEntrySatisfying(
                        Bytes.utf8("k"),
                        record -> assertThat(record.value().form()).isEqualTo(ValueForm.JSON));
        assertThat(talk.say("TTL k")).isEqualTo(":100");
        assertThat(talk.say("INCR k")).isEqualTo(":13");
        assertThat(talk.say("INCRBYFLOAT k 0.5")).isEqualTo("$4 13.5");
        assertThat(talk.say("TTL k")).isEqualTo(":100");
    }

    @Test
    void wholeNumbersAreAddedByTheLeader() {
        assertThat(talk.say("INCR n")).isEqualTo(":1");
        assertThat(talk.say("INCRBY n 9")).isEqualTo(":10");
        assertThat(talk.say("DECR n")).isEqualTo(":9");
        assertThat(talk.say("DECRBY n 10")).isEqualTo(":-1");
        assertThat(cluster.reads).isEmpty();
    }

    @Test
    void whatCannotBeAddedIsSaidAsRedisSaysIt() {
        cluster.store("text", "abc");
        cluster.store("most", Long.toString(Long.MAX_VALUE));
        assertThat(talk.say("INCR text")).isEqualTo("-ERR value is not an integer or out of range");
        assertThat(talk.say("INCR most")).isEqualTo("-ERR increment or decrement would overflow");
        assertThat(talk.say("INCRBY n 1.5")).isEqualTo("-ERR value is not an integer or out of range");
        assertThat(talk.say("INCRBY n +1")).isEqualTo("-ERR value is not an integer or out of range");
        assertThat(talk.say("DECRBY n -9223372036854775808")).isEqualTo("-ERR decrement would overflow");
        assertThat(talk.say("INCRBYFLOAT text 1")).isEqualTo("-ERR value is not a valid float");
        assertThat(talk.say("INCRBYFLOAT n nan")).isEqualTo("-ERR value is not a valid float");
        assertThat(talk.say("INCRBYFLOAT n 1e999999999")).isEqualTo("-ERR value is not a valid float");
    }

    @ParameterizedTest
    @CsvSource({"10.50, 0.1, 10.6", "5.0e3, 200, 5200", "1, -1.0, 0", "0.1, 0.2, 0.3", "3, 1.1e-20, 3"})
    void decimalsAreAddedExactly(String before, String amount, String sum) {
        cluster.store("n", before);
        assertThat(talk.say("INCRBYFLOAT n " + amount)).isEqualTo("$" + sum.length() + " " + sum);
    }

    @Test
    void anEvaluatedChangeIsTriedAgainWhenSomebodyWasFaster() {
        cluster.store("k", "a");
        cluster.afterReads.add(() -> cluster.store("k", "b"));
        cluster.afterReads.add(() -> cluster.store("k", "c"));
        talk.send("APPEND k x");
        talk.time();
        assertThat(talk.heard()).isEqualTo(":2");
        assertThat(cluster.text("k")).isEqualTo("cx");
    }

    @Test
    void aChangeThatIsNeverFastEnoughIsGivenUp() {
        for (int i = 0; i < 100; i++) {
            int number = i;
            cluster.afterReads.add(() -> cluster.store("k", "v" + number));
        }
        talk.send("APPEND k x");
        talk.time();
        assertThat(talk.heard()).startsWith("-TRYAGAIN");
        assertThat(cluster.reads).hasSize(Execution.MAX_ATTEMPTS);
    }

    @ParameterizedTest
    @CsvSource({"NO_QUORUM, NOREPLICAS", "OVERLOADED, TRYAGAIN", "DISK_FULL, MISCONF", "NOT_READY, LOADING"})
    void aRefusedWriteHasTheWordOfItsProblem(Problem problem, String word) {
        cluster.nextWrites.add(new Outcome.NotApplied(problem, "for a reason"));
        assertThat(talk.say("SET k v")).isEqualTo("-" + word + " for a reason");
        assertThat(talk.metered).containsExactly("string " + word.toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void anUndecidedWriteIsNoFailure() {
        cluster.nextWrites.add(new Outcome.Unknown("the leader was lost"));
        assertThat(talk.say("INCR n")).isEqualTo("-UNKNOWN the write may or may not have been applied");
        cluster.nextWrites.add(new Outcome.Unknown("the leader was lost"));
        assertThat(talk.say("APPEND k v")).isEqualTo("-UNKNOWN the write may or may not have been applied");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ERR wrong number of arguments for 'get' command",
        "SET k v EX, ERR syntax error",
        "SET k v NX XX, ERR syntax error",
        "SET k v EX 10 KEEPTTL, ERR syntax error",
        "SET k v EX 0, ERR invalid expire time in 'set' command",
        "SET k v EX 9223372036854775807, ERR invalid expire time in 'set' command",
        "SET k v EX x, ERR value is not an integer or out of range",
        "SETEX k -1 v, ERR invalid expire time in 'setex' command",
        "GETEX k FOO, ERR syntax error",
        "GETEX k EX 0, ERR invalid expire time in 'getex' command",
        "GET '', ERR a key has at least one byte here",
        "HSET k f v, 'ERR HSET is not supported: Quorate keeps strings only'",
        "NOSUCH a b, 'ERR unknown command ''NOSUCH'', with args beginning with: ''a'' ''b'''",
    })
    void whatIsWrongWithACommandIsSaid(String line, String told) {
        assertThat(talk.say(line)).isEqualTo("-" + told);
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void keysAndValuesHaveLimits() {
        assertThat(talk.say("GET " + "k".repeat(4_097))).isEqualTo("-ERR the key is longer than 4096 bytes");
        assertThat(talk.say("GET " + "k".repeat(4_096))).isEqualTo("$-1");
        assertThat(talk.say("SET k " + "v".repeat((1 << 20) + 1)))
                .isEqualTo("-ERR the value is longer than 1048576 bytes (MAX_VALUE_BYTES)");
    }

    @Test
    void aWorkerWithoutAMapSaysSo() {
        cluster.partitions = 0;
        assertThat(talk.say("GET k")).startsWith("-LOADING ");
        assertThat(talk.say("DBSIZE")).startsWith("-LOADING ");
        assertThat(talk.say("PING")).isEqualTo("+PONG");
    }
}
