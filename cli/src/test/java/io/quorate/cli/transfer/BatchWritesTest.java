package io.quorate.cli.transfer;

import static io.quorate.cli.transfer.FakeCluster.NOW_MILLIS;
import static io.quorate.cli.transfer.FakeCluster.problem;
import static io.quorate.cli.transfer.FakeCluster.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of records whose answers were lost. */
class BatchWritesTest {
    private static final String SAME = "{\"value\":\"1\"}";

    private final FakeCluster cluster = new FakeCluster();

    private static KeyedRecord record(String key) {
        return new KeyedRecord(Bytes.utf8(key), new Record(Value.json("1"), Revision.NONE, 0, Record.NEVER, ""));
    }

    /** Of these keys the first answer is lost, after they were written. */
    private void losesAnswersAbout(String... keys) {
        Set<String> lost = new HashSet<>(List.of(keys));
        cluster.items = item -> {
            String key = item.orElseThrow().path("key").stringValue();
            if (!lost.remove(key)) {
                return item;
            }
            cluster.put(Bytes.utf8(key), SAME);
            return Optional.of(told(504, problem("deadline", "unknown")));
        };
    }

    private List<Fate> write(boolean onlyAbsent) {
        return new BatchWrites(cluster, new Patience(3, 0, 0), () -> NOW_MILLIS, onlyAbsent)
                .write(List.of(record("a"), record("b"), record("c")));
    }

    @Test
    void aKeyThatMayHaveBeenWrittenByALostRequestIsNotSaidToHaveBeenThere() {
        losesAnswersAbout("a");
        cluster.put(Bytes.utf8("b"), SAME);

        List<Fate> fates = write(true);
        assertThat(fates).containsExactly(new Fate.WrittenOrExisting(), new Fate.Existing(), new Fate.Written());
        assertThat(cluster.batches).containsExactly(3, 1);
        assertThat(fates.stream().map(ImportCounts::of).reduce(ImportCounts.NONE, ImportCounts::plus))
                .hasToString("1 written, 1 left out (0 expired, 1 there already, 0 malformed), 0 refused, 0 unknown,"
                        + " 1 written or there already");
    }

    @Test
    void aKeyThatIsWrittenAgainIsWritten() {
        losesAnswersAbout("a", "c");

        assertThat(write(false)).containsOnly(new Fate.Written());
    }
}
