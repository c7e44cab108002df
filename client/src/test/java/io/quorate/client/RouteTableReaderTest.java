package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Partitioning;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a map says of whom to ask. */
class RouteTableReaderTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final String MAP = """
            {"version":9,"cluster":"7d1f","partitions":2,"replicas":2,"writeQuorum":2,"news":[],
             "routes":{
              "0":{"partition":0,"term":3,"leader":{"worker":"w2","disk":"d2"},"establishedTerm":3,"learners":[],
               "configuration":{"members":[{"worker":"w1","disk":"d1"},{"worker":"w2","disk":"d2"}],"writeQuorum":2}},
              "1":{"partition":1,"term":4,"leader":null,"establishedTerm":3,"learners":[],
               "configuration":{"members":[{"worker":"w3","disk":"d3"},{"worker":"w1","disk":"d1"}],"writeQuorum":2}}},
             "workers":{"w1":{"http":"http://h1:1","peer":"h1:2"},"w2":{"http":"http://h2:1/","peer":"h2:2"},
              "w3":{"http":"http://h3:1","peer":"h3:2"}}}""";

    private static Optional<RouteTable> read(String map) {
        return RouteTableReader.read(JsonReader.read(Bytes.utf8(map)).orElseThrow());
    }

    @Test
    void theLeaderIsAskedFirstThenTheOtherReplicasThenAllOthers() {
        RouteTable table = read(MAP).orElseThrow();

        assertThat(table.candidates(keyOf(0)).workers())
                .extracting(worker -> worker.address().toString())
                .containsExactly("http://h2:1", "http://h1:1", "http://h3:1");
        assertThat(table.candidates(keyOf(1)).workers())
                .extracting(worker -> worker.id().orElseThrow())
                .containsExactly("w3", "w1", "w2");
    }

    @Test
    void theReplicasOfAKeyTakeTurns() {
        Directory.Candidates.Known known = read(MAP).orElseThrow().candidates(keyOf(0));

        assertThat(known.replicas()).isEqualTo(2);
        assertThat(IntStream.of(0, 1, 2, -1).mapToObj(known::inTurn))
                .extracting(inTurn ->
                        inTurn.stream().map(worker -> worker.id().orElseThrow()).toList())
                .containsExactly(
                        List.of("w2", "w1", "w3"),
                        List.of("w1", "w2", "w3"),
                        List.of("w2", "w1", "w3"),
                        List.of("w1", "w2", "w3"));
        assertThat(new Directory.Candidates.Known(known.workers()).inTurn(1)).isEqualTo(known.workers());
    }

    private static Bytes keyOf(int partition) {
        Partitioning two = new Partitioning(2);
        for (int i = 0; ; i++) {
            Bytes key = Bytes.utf8("k" + i);
            if (two.of(key) == partition) {
                return key;
            }
        }
    }

    @Test
    void aClusterWithoutPartitionsIsAskedAnyhow() {
        String none = "{\"version\":1,\"cluster\":null,\"partitions\":0,\"routes\":{},"
                + "\"workers\":{\"w1\":{\"http\":\"http://h1:1\"}}}";

        assertThat(read(none).orElseThrow().candidates(KEY).workers()).hasSize(1);
    }

    @Test
    void aLaterMapOfTheClusterReplacesOneAndSoDoesThatOfAnother() {
        RouteTable table = read(MAP).orElseThrow();

        assertThat(table.replaces(table)).isFalse();
        assertThat(read(MAP.replace("\"version\":9", "\"version\":10"))
                        .orElseThrow()
                        .replaces(table))
                .isTrue();
        assertThat(read(MAP.replace("\"version\":9", "\"version\":8"))
                        .orElseThrow()
                        .replaces(table))
                .isFalse();
        assertThat(read(MAP.replace("\"version\":9", "\"version\":1").replace("7d1f", "8e20"))
                        .orElseThrow()
                        .replaces(table))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\":9|\"version\":-1",
                "\"version\":9|\"other\":9",
                "\"partitions\":2|\"partitions\":3",
                "\"partitions\":2|\"partitions\":32768",
                "\"partitions\":2|\"partitions\":\"2\"",
                "\"partition\":1|\"partition\":2",
                "http://h1:1|ftp://h1:1",
                "http://h1:1|http://h1:1/path",
                "http://h1:1|http://",
                "http://h1:1|http://me@h1:1",
                "\"http\":\"http://h1:1\"|\"address\":1"
            })
    void whatIsImpossibleIsNoMap(String part, String instead) {
        assertThat(MAP).contains(part);
        assertThat(read(MAP.replace(part, instead))).isEmpty();
    }
}
