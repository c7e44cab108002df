package io.quorate.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a client says about the connection, and in which order what it asks for is done and answered. */
class ConversationTest {
    private final FakeKeyspace cluster = new FakeKeyspace();
    private final Talk talk = new Talk(cluster);

    private Deque<Runnable> hold() {
        Deque<Runnable> steps = new ArrayDeque<>();
        cluster.held = Optional.of(steps);
        return steps;
    }

    @Test
    void commandsOnOneKeyAreDoneOneAfterTheOther() {
        Deque<Runnable> steps = hold();
        talk.send("SET k 1");
        talk.send("GET k");
        talk.send("INCR k");
        talk.send("GET k");
        assertThat(steps).hasSize(1);
        while (!steps.isEmpty()) {
            assertThat(steps).hasSize(1);
            steps.removeFirst().run();
        }
        assertThat(talk.heard()).isEqualTo("+OK $1 1 :2 $1 2");
    }

    @Test
    void commandsOfDifferentPartitionsAreDoneAtTheSameTimeAndAnsweredInOrder() {
        Deque<Runnable> steps = hold();
        assertThat(cluster.partition("a")).isNotEqualTo(cluster.partition("d"));
        talk.send("SET a 1");
        talk.send("SET d 2");
        talk.send("PING");
        assertThat(steps).hasSize(2);
        steps.removeLast().run();
        assertThat(talk.heard()).isEmpty();
        steps.removeLast().run();
        assertThat(talk.heard()).isEqualTo("+OK +OK +PONG");
    }

    @Test
    void aCommandOverSeveralPartitionsWaitsForThoseBeforeAndIsWaitedFor() {
        Deque<Runnable> steps = hold();
        talk.send("SET a 1");
        talk.send("MGET a d");
        talk.send("SET d 2");
        assertThat(steps).hasSize(1);
        steps.removeFirst().run();
        assertThat(steps).hasSize(2);
        while (!steps.isEmpty()) {
            steps.removeFirst().run();
        }
        assertThat(talk.heard()).isEqualTo("+OK *2 $1 1 $-1 +OK");
    }

    @Test
    void whatIsAboutAllKeysIsDoneAlone() {
        Deque<Runnable> steps = hold();
        talk.send("SET a 1");
        talk.send("SET d 2");
        talk.send("DBSIZE");
        steps.removeFirst().run();
        steps.removeFirst().run();
        assertThat(talk.heard()).isEqualTo("+OK +OK :2");
    }

    @Test
    void aTransactionFindsWhatItsWatchHasSeen() {
        Deque<Runnable> steps = hold();
        talk.send("WATCH k");
        talk.send("MULTI");
        talk.send("SET k 1");
        talk.send("EXEC");
        assertThat(steps).hasSize(1);
        steps.removeFirst().run();
        cluster.records.put(
                Bytes.utf8("k"),
                new io.quorate.api.Record(
                        Value.json("2"), new io.quorate.api.Revision(9, 9), 0, io.quorate.api.Record.NEVER, ""));
        steps.removeFirst().run();
        assertThat(talk.heard()).isEqualTo("+OK +OK +QUEUED *-1");
    }

    @Test
    void theVersionOfTheProtocolCounts() {
        assertThat(talk.say("GET k")).isEqualTo("$-1");
        assertThat(talk.say("HELLO 3"))
                .startsWith("%7 $6 server $5 redis")
                .contains("$5 proto :3")
                .contains("$4 mode $10 standalone");
        assertThat(talk.say("GET k")).isEqualTo("_");
        assertThat(talk.say("HELLO")).contains("$5 proto :3");
        assertThat(talk.say("HELLO 4")).isEqualTo("-NOPROTO unsupported protocol version");
        assertThat(talk.say("HELLO x")).isEqualTo("-ERR Protocol version is not an integer or out of range");
        assertThat(talk.say("HELLO 2 SETNAME me")).startsWith("*14 ");
        assertThat(talk.say("CLIENT GETNAME")).isEqualTo("$2 me");
        assertThat(talk.say("HELLO 3 AUTH default secret")).startsWith("-ERR AUTH <password> called without");
        assertThat(talk.say("AUTH secret")).startsWith("-ERR AUTH <password> called without");
        assertThat(talk.say("RESET")).isEqualTo("+RESET");
        assertThat(talk.say("CLIENT GETNAME")).isEqualTo("$-1");
    }

    @Test
    void anAnswerHasTheVersionInWhichItWasAskedFor() {
        Deque<Runnable> steps = hold();
        talk.send("GET k");
        talk.send("HELLO 3");
        talk.send("GET k");
        while (!steps.isEmpty()) {
            steps.removeFirst().run();
        }
        assertThat(talk.heard()).startsWith("$-1 %7 ").endsWith(" _");
    }

    @Test
    void aClientTellsAboutItselfAndAsksAboutItself() {
        assertThat(talk.say("CLIENT SETNAME me")).isEqualTo("+OK");
        assertThat(talk.say("CLIENT SETNAME 'm e'")).startsWith("-ERR Client names cannot contain spaces");
        assertThat(talk.say("CLIENT SETINFO LIB-NAME lib")).isEqualTo("+OK");
        assertThat(talk.say("CLIENT SETINFO LIB-VER 1.2")).isEqualTo("+OK");
        assertThat(talk.say("CLIENT SETINFO FOO 1.2")).isEqualTo("-ERR Unrecognized option 'FOO'");
        assertThat(talk.say("CLIENT ID")).isEqualTo(":1");
        assertThat(talk.say("CLIENT INFO")).contains("id=1 ", " name=me ", " lib-name=lib lib-ver=1.2 resp=2");
        assertThat(talk.say("CLIENT LIST")).contains("id=1 ");
        assertThat(talk.say("CLIENT NO-EVICT on")).isEqualTo("+OK");
        assertThat(talk.say("CLIENT KILL 1")).startsWith("-ERR unknown subcommand 'KILL'");
        assertThat(talk.say("SELECT 0")).isEqualTo("+OK");
        assertThat(talk.say("SELECT 1")).isEqualTo("-ERR DB index is out of range");
    }

    @Test
    void theServerTellsAboutItself() {
        assertThat(talk.say("PING")).isEqualTo("+PONG");
        assertThat(talk.say("PING hi")).isEqualTo("$2 hi");
        assertThat(talk.say("ECHO hi")).isEqualTo("$2 hi");
        assertThat(talk.say("TIME")).startsWith("*2 $10 ");
        assertThat(talk.say("INFO server"))
                .contains("# Server", "redis_version:7.")
                .doesNotContain("# Stats");
        assertThat(talk.say("INFO")).contains("# Quorate", "partitions:16", "connected_clients:1");
        assertThat(talk.say("CONFIG GET save appendonly")).isEqualTo("*4 $10 appendonly $3 yes $4 save $0");
        assertThat(talk.say("CONFIG SET save x")).startsWith("-ERR unknown subcommand 'SET'");
        assertThat(talk.say("COMMAND COUNT")).isEqualTo(":" + CommandTable.all().size());
        assertThat(talk.say("COMMAND INFO get nosuch"))
                .isEqualTo("*2 *10 $3 get :2 *1 +readonly :1 :1 :1 *0 *0 *0 *0 *-1");
        assertThat(talk.say("COMMAND DOCS get")).contains("summary", "Returns the value of a key.");
        assertThat(talk.say("FLUSHALL")).startsWith("-ERR FLUSHALL is not supported yet");
    }

    @Test
    void whatFollowsAGoodByeIsNotAnswered() {
        assertThat(talk.say("QUIT")).isEqualTo("+OK");
        assertThat(talk.isEnded()).isTrue();
    }

    @Test
    void aBrowserIsNotTalkedTo() {
        assertThat(talk.say("POST / HTTP/1.1")).isEmpty();
        assertThat(talk.isEnded()).isTrue();
    }

    @Test
    void everyCommandIsMeasuredByItsFamily() {
        talk.say("GET k");
        talk.say("INCR k");
        talk.say("NOSUCH");
        talk.say("GET");
        assertThat(talk.metered).containsExactly("string ok", "number ok", "other err", "string err");
    }
}
