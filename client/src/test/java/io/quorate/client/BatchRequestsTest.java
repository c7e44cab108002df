package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How batches are put into HTTP. */
@Timeout(60)
class BatchRequestsTest {
    private static final Bytes KEY = Bytes.utf8("k\"");
    private static final Bytes NO_TEXT = Bytes.wrap(new byte[] {(byte) 0xFF, 0});
    private static final String BEGIN = "{\"atomic\":false,\"items\":[";

    private static String item(Command command) {
        String body = body(List.of(new BatchItem.Write(command)));
        assertThat(body).startsWith(BEGIN).endsWith("]}");
        return body.substring(BEGIN.length(), body.length() - 2);
    }

    private static String body(List<BatchItem> items) {
        return BatchRequests.batch(items, false, "name")
                .body()
                .orElseThrow()
                .asUtf8()
                .orElseThrow();
    }

    @Test
    void aBatchIsPostedUnderItsName() {
        WireRequest request = BatchRequests.batch(
                List.of(new BatchItem.Read(KEY), new BatchItem.Write(new Command.Delete(NO_TEXT))), true, "name");

        assertThat(request.method() + " " + request.target()).isEqualTo("POST /batch");
        assertThat(request.headers()).isEqualTo(Map.of("Content-Type", "application/json", "Idempotency-Key", "name"));
        assertThat(request.body().orElseThrow().asUtf8())
                .contains("{\"atomic\":true,\"items\":[{\"op\":\"get\",\"key\":\"k\\\"\"},"
                        + "{\"op\":\"delete\",\"keyBase64\":\"/wA=\"}]}");
    }

    @Test
    void everyWriteHasItsMembers() {
        Lifetime brief = new Lifetime.For(1_500);
        assertThat(item(new Command.Put(KEY, Value.json("a\n"), Condition.ALWAYS, brief)))
                .isEqualTo("{\"op\":\"put\",\"key\":\"k\\\"\",\"value\":\"a\\u000a\",\"ttl\":\"1500ms\"}");
        assertThat(item(new Command.Put(KEY, Value.raw(NO_TEXT, ""))))
                .isEqualTo("{\"op\":\"put\",\"key\":\"k\\\"\",\"valueBase64\":\"/wA=\","
                        + "\"contentType\":\"application/octet-stream\"}");
        assertThat(item(new Command.Put(KEY, Value.raw(Bytes.utf8("x"), " text/plain "))))
                .isEqualTo("{\"op\":\"put\",\"key\":\"k\\\"\",\"value\":\"x\",\"contentType\":\"text/plain\"}");
        assertThat(item(new Command.Add(KEY, -5))).isEqualTo("{\"op\":\"add\",\"key\":\"k\\\"\",\"add\":-5}");
        assertThat(item(new Command.Retime(KEY, Lifetime.FOREVER, Condition.ALWAYS)))
                .isEqualTo("{\"op\":\"expire\",\"key\":\"k\\\"\",\"ttl\":\"none\"}");
    }

    @Test
    void conditionsBecomeMembers() {
        List<Revision> two = List.of(new Revision(7, 41), new Revision(7, 42));

        assertThat(condition(new Condition.Exists())).isEqualTo(",\"ifMatch\":\"*\"");
        assertThat(condition(new Condition.Absent())).isEqualTo(",\"ifNoneMatch\":\"*\"");
        assertThat(condition(new Condition.AnyOf(two))).isEqualTo(",\"ifMatch\":\"\\\"7-41\\\", \\\"7-42\\\"\"");
        assertThat(condition(new Condition.NoneOf(two))).isEqualTo(",\"ifNoneMatch\":\"\\\"7-41\\\", \\\"7-42\\\"\"");
        assertThat(condition(new Condition.NoneOf(List.of()))).isEmpty();
        assertThat(condition(new Condition.AnyOf(List.of()))).isEqualTo(",\"ifMatch\":\"\\\"\\\"\"");
    }

    private static String condition(Condition condition) {
        String begin = "{\"op\":\"delete\",\"key\":\"k\\\"\"";
        String item = item(new Command.Delete(KEY, condition));
        assertThat(item).startsWith(begin).endsWith("}");
        return item.substring(begin.length(), item.length() - 1);
    }

    @Test
    void whatHasNoFormOverHttpIsAMistake() {
        for (Command mistake : List.of(
                new Command.Put(KEY, Value.json("x"), Condition.ALWAYS, new Lifetime.Keep()),
                new Command.Put(KEY, Value.raw(Bytes.EMPTY, "ä")),
                new Command.Replicate(KEY, Value.json("x"), 5, "elsewhere"))) {
            assertThatIllegalArgumentException().as("%s", mistake).isThrownBy(() -> item(mistake));
        }
    }
}
