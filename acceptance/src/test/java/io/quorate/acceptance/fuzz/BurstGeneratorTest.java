package io.quorate.acceptance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BurstGeneratorTest {
    private static final String DOCUMENT = """
            {"paths":
              {"/keys":{"get":{"operationId":"a","parameters":[{"$ref":"#/components/parameters/Confirm"}]},
                        "delete":{"operationId":"b","parameters":[{"$ref":"#/components/parameters/Confirm"}]}},
               "/heartbeat":{"post":{"operationId":"c","requestBody":{"content":{"application/json":
                 {"example":{"worker":"w1","cluster":null,"sequence":1}}}}}}},
             "components":{"parameters":{"Confirm":{"name":"confirm","in":"query","example":"yes"}}}}""";

    private final Vocabulary vocabulary = Vocabulary.of(List.of(document()));
    private final BurstGenerator generator = new BurstGenerator(5, vocabulary, 3);

    @Test
    void theSameSeedAndNumberMakeTheSameRequestsAndOthersMakeOthers() {
        BurstGenerator again = new BurstGenerator(5, vocabulary, 3);
        for (long number = 0; number < 100; number++) {
            assertThat(text(again.burst(number))).isEqualTo(text(generator.burst(number)));
        }
        Set<String> texts = bursts().map(BurstGeneratorTest::text).collect(Collectors.toSet());
        assertThat(texts).hasSizeGreaterThan(1_500);
        assertThat(text(new BurstGenerator(6, vocabulary, 3).burst(0))).isNotEqualTo(text(generator.burst(0)));
    }

    @Test
    void everyKindIsSentToEveryProcess() {
        Set<RequestKind> kinds = bursts().map(Burst::kind).collect(Collectors.toSet());
        assertThat(kinds).isEqualTo(EnumSet.allOf(RequestKind.class));
        assertThat(bursts().map(Burst::target).collect(Collectors.toSet())).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void nothingThatIsKeptIsDeletedAsOneOfMany() {
        assertThat(bursts().filter(burst -> burst.kind() == RequestKind.MIXED).map(BurstGeneratorTest::text))
                .noneMatch(text -> text.contains("DELETE /keys?confirm="))
                .anyMatch(text -> text.contains("GET /keys?confirm="));
    }

    @Test
    void noWorkerOfThisClusterIsMadeUp() {
        assertThat(bursts().filter(burst -> burst.kind() == RequestKind.JSON).map(BurstGeneratorTest::text))
                .noneMatch(text -> text.contains("\"cluster\":null"))
                .anyMatch(text -> text.contains("\"cluster\":\"11111111-"));
    }

    private Stream<Burst> bursts() {
        return LongStream.range(0, 2_000).mapToObj(generator::burst);
    }

    private static JsonNode document() {
        return new JsonMapper().readTree(DOCUMENT);
    }

    private static String text(Burst burst) {
        return new String(burst.bytes(), StandardCharsets.ISO_8859_1);
    }
}
