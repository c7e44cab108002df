package io.quorate.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** MULTI, EXEC and WATCH: all or nothing, in one entry, and only if what was watched is as it was. */
class TransactionsTest {
    private final FakeKeyspace cluster = new FakeKeyspace();
    private final SessionRegistry registry = new SessionRegistry();
    private final Talk talk = new Talk(cluster, Talk.SETTINGS, registry);
    private final Talk other = new Talk(cluster, Talk.SETTINGS, registry);

    /** What the commands are answered as one transaction. */
    private String together(String... commands) {
        talk.say("MULTI");
        Stream.of(commands).forEach(talk::say);
        return talk.say("EXEC");
    }

    @Test
    void whatTheLeaderCanDoByItselfIsOneWriteWithoutAnyRead() {
        assertThat(talk.say("MULTI")).isEqualTo("+OK");
        assertThat(talk.say("SET {t}a 1")).isEqualTo("+QUEUED");
        assertThat(talk.say("INCRBY {t}a 2")).isEqualTo("+QUEUED");
        assertThat(talk.say("PING")).isEqualTo("+QUEUED");
        assertThat(talk.say("GETSET {t}a x")).isEqualTo("+QUEUED");
        assertThat(talk.say("DEL {t}a {t}b")).isEqualTo("+QUEUED");
        assertThat(talk.say("EXEC")).isEqualTo("*5 +OK :3 +PONG $1 3 :1");
        assertThat(cluster.writes).hasSize(1);
        assertThat(cluster.reads).isEmpty();
    }

    @Test
    void theRestIsEvaluatedAndWrittenInOneEntryIfNothingHasChanged() {
        cluster.store("{t}a", "x");
        talk.say("MULTI");
        talk.say("APPEND {t}a y");
        talk.say("GET {t}a");
        talk.say("SET {t}b 1 NX EX 100");
        talk.say("SET {t}b 2 NX");
        talk.say("TTL {t}b");
        talk.say("INCR {t}a");
        talk.say("EXISTS {t}a {t}b {t}c");
        cluster.afterReads.add(() -> cluster.store("{t}a", "z"));
        talk.send("EXEC");
        talk.time();
        assertThat(talk.heard()).isEqualTo("*7 :2 $2 zy +OK $-1 :100 -ERR value is not an integer or out of range :2");
        assertThat(cluster.writes).hasSize(2);
        assertThat(cluster.text("{t}a")).isEqualTo("zy");
    }

    @Test
    void oneCommandThatFailsDoesNotUndoTheOthers() {
        cluster.store("{t}text", "x");
        assertThat(together("SET {t}a 1", "INCR {t}text", "INCR {t}a"))
                .isEqualTo("*3 +OK -ERR value is not an integer or out of range :2");
        assertThat(cluster.text("{t}a")).isEqualTo("2");
    }

    @Test
    void aWatchedKeyThatHasChangedLetsItFail() {
        cluster.store("k", "1");
        assertThat(talk.say("WATCH k")).isEqualTo("+OK");
        other.say("SET k 2");
        assertThat(together("SET k 3")).isEqualTo("*-1");
        assertThat(cluster.text("k")).isEqualTo("2");
        assertThat(together("SET k 3")).isEqualTo("*1 +OK");
    }

    @Test
    void aWatchedKeyThatHasNotChangedDoesNot() {
        talk.say("WATCH {t}a {t}b");
        assertThat(together("APPEND {t}a x")).isEqualTo("*1 :1");
        talk.say("WATCH {t}a");
        assertThat(together()).isEqualTo("*0");
        talk.say("WATCH {t}a");
        other.say("SET {t}a 2");
        assertThat(together()).isEqualTo("*-1");
    }

    @Test
    void whatCouldNotBeWatchedLetsItFail() {
        cluster.nextRead = Optional.of(new ReadOutcome.NotServed(Problem.NO_LEADER, "nobody leads"));
        assertThat(talk.say("WATCH k")).isEqualTo("-NOREPLICAS nobody leads");
        cluster.nextRead = Optional.empty();
        assertThat(together("SET k 3")).startsWith("-EXECABORT ");
        assertThat(cluster.writes).isEmpty();
        assertThat(together("SET k 3")).isEqualTo("*1 +OK");
    }

    @Test
    void whatIsNotWatchedAnyMoreDoesNotMatter() {
        talk.say("WATCH k");
        assertThat(talk.say("UNWATCH")).isEqualTo("+OK");
        other.say("SET k 2");
        assertThat(together("SET k 3")).isEqualTo("*1 +OK");
        talk.say("WATCH k");
        talk.say("MULTI");
        assertThat(talk.say("DISCARD")).isEqualTo("+OK");
        other.say("SET k 4");
        assertThat(together("SET k 5")).isEqualTo("*1 +OK");
    }

    @Test
    void aKeyOfAnotherPartitionIsRefused() {
        String sets = IntStream.range(0, 5).mapToObj(i -> "k" + i).collect(Collectors.joining(" "));
        assertThat(talk.say("WATCH " + sets)).startsWith("-CROSSSLOT ");
        talk.say("MULTI");
        IntStream.range(0, 5).forEach(i -> talk.say("SET k" + i + " v"));
        assertThat(talk.say("EXEC")).startsWith("-CROSSSLOT ");
        assertThat(cluster.writes).isEmpty();
        assertThat(talk.say("EXEC")).isEqualTo("-ERR EXEC without MULTI");
    }

    @Test
    void aCommandThatCannotBeQueuedLetsItFail() {
        talk.say("MULTI");
        assertThat(talk.say("SET k")).startsWith("-ERR wrong number");
        assertThat(talk.say("SET k v")).isEqualTo("+QUEUED");
        assertThat(talk.say("EXEC")).startsWith("-EXECABORT ");
        talk.say("MULTI");
        assertThat(talk.say("NOSUCH")).startsWith("-ERR unknown command");
        assertThat(talk.say("EXEC")).startsWith("-EXECABORT ");
        talk.say("MULTI");
        assertThat(talk.say("DBSIZE")).startsWith("-ERR DBSIZE is not possible in a transaction");
        assertThat(talk.say("EXEC")).startsWith("-EXECABORT ");
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void wrongArgumentsShowWhenItIsExecuted() {
        talk.say("MULTI");
        assertThat(talk.say("SET k v EX x")).isEqualTo("+QUEUED");
        assertThat(talk.say("SET k v")).isEqualTo("+QUEUED");
        assertThat(talk.say("EXEC")).isEqualTo("*2 -ERR value is not an integer or out of range +OK");
    }

    @Test
    void whatDoesNotGoTogetherIsSaid() {
        assertThat(talk.say("DISCARD")).isEqualTo("-ERR DISCARD without MULTI");
        talk.say("MULTI");
        assertThat(talk.say("MULTI")).isEqualTo("-ERR MULTI calls can not be nested");
        assertThat(talk.say("WATCH k")).isEqualTo("-ERR WATCH inside MULTI is not allowed");
        assertThat(talk.say("UNWATCH")).isEqualTo("+QUEUED");
        assertThat(talk.say("EXEC")).isEqualTo("*1 +OK");
    }

    @Test
    void aTransactionHasLimits() {
        talk.say("MULTI");
        IntStream.range(0, RedisLimits.MAX_QUEUED)
                .forEach(i -> assertThat(talk.say("PING")).isEqualTo("+QUEUED"));
        assertThat(talk.say("PING")).startsWith("-ERR a transaction has at most");
        assertThat(talk.say("EXEC")).startsWith("-EXECABORT ");
        talk.say("MULTI");
        IntStream.range(0, 200).forEach(i -> talk.say("SET {t}" + i + " v"));
        assertThat(talk.say("EXEC")).isEqualTo("-ERR a transaction is about at most 128 keys");
        talk.say("MULTI");
        IntStream.range(0, 200).forEach(i -> talk.say("INCR {t}n"));
        assertThat(talk.say("EXEC")).startsWith("*200 :1 :2 ").endsWith(":200");
    }

    @Test
    void whatBecameOfItIsSaid() {
        cluster.nextWrites.add(new Outcome.Unknown("nobody knows"));
        assertThat(together("SET k v")).isEqualTo("-UNKNOWN the write may or may not have been applied");
        cluster.nextWrites.add(new Outcome.NotApplied(Problem.NO_QUORUM, "two are away"));
        assertThat(together("SET k v")).isEqualTo("-NOREPLICAS two are away");
    }

    @Test
    void writesAreWaitedFor() {
        assertThat(talk.say("WAIT 1 0")).isEqualTo(":2");
        talk.say("SET a v");
        assertThat(talk.say("WAIT 1 0")).isEqualTo(":1");
        assertThat(cluster.writes).hasSize(1);
        assertThat(talk.say("WAIT 2 1000")).isEqualTo(":2");
        assertThat(cluster.writes).hasSize(2);
        assertThat(talk.say("WAIT 9 1000")).isEqualTo(":2");
        assertThat(talk.say("WAIT 1 -1")).isEqualTo("-ERR timeout is negative");
    }
}
