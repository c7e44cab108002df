package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Consistency;
import io.quorate.api.Lifetime;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How calls are put into HTTP. */
class RequestsTest {
    private static final Bytes KEY = Bytes.utf8("a/b ä.+%");
    private static final String PATH = "/kv/a%2Fb%20%C3%A4%2E%2B%25";

    @Test
    void aReadAsksForTheBytes() {
        assertThat(Requests.read(KEY, ReadOptions.local()))
                .isEqualTo(new WireRequest(
                        "GET",
                        PATH + "?consistency=local",
                        Map.of("Accept", "application/octet-stream"),
                        Optional.empty()));
    }

    @Test
    void aReadSaysWhatItIsToSeeAtLeast() {
        ReadOptions bounded = ReadOptions.bounded(Duration.ofSeconds(2)).atLeast(new Revision(7, 41));

        assertThat(Requests.read(KEY, bounded).target())
                .isEqualTo(PATH + "?consistency=bounded&maxStaleness=2000ms&minRevision=7-41");
        assertThat(Requests.read(KEY, ReadOptions.of(Consistency.BOUNDED)).target())
                .isEqualTo(PATH + "?consistency=bounded");
        assertThat(Requests.read(KEY, ReadOptions.linearizable().atLeast(new Revision(7, 41)))
                        .target())
                .isEqualTo(PATH + "?consistency=linearizable&minRevision=7-41");
        ReadOptions.bounded(ReadOptions.MAX_STALENESS);
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(999_999), Duration.ofMillis(3_600_001))) {
            assertThatIllegalArgumentException().isThrownBy(() -> ReadOptions.bounded(wrong));
        }
        Optional<Duration> second = Optional.of(Duration.ofSeconds(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReadOptions(Consistency.LOCAL, second, Optional.empty()));
    }

    @Test
    void aValueOfFormJsonIsSentAsAStringAndARawOneAsItIs() {
        Lifetime lifetime = new Lifetime.For(1_500);
        WireRequest json = write(new Command.Put(KEY, Value.json("say \"x\""), Condition.ALWAYS, lifetime));
        WireRequest raw = write(
                new Command.Put(KEY, Value.raw(Bytes.utf8("{}"), "application/json"), Condition.ALWAYS, lifetime));

        assertThat(json.target()).isEqualTo(PATH + "?ttl=1500ms");
        assertThat(json.headers()).containsEntry("Content-Type", "application/json");
        assertThat(json.body()).contains(Bytes.utf8("{\"value\":\"say \\\"x\\\"\"}"));
        assertThat(raw.target()).isEqualTo(PATH + "?raw=true&ttl=1500ms");
        assertThat(raw.headers()).containsEntry("Content-Type", "application/json");
        assertThat(raw.body()).contains(Bytes.utf8("{}"));
    }

    @Test
    void everyWriteHasItsMethodItsTargetAndItsName() {
        assertThat(write(new Command.Put(KEY, Value.json("x"))))
                .extracting(WireRequest::method, WireRequest::target)
                .containsExactly("PUT", PATH);
        assertThat(write(new Command.Delete(KEY)))
                .extracting(WireRequest::method, WireRequest::target)
                .containsExactly("DELETE", PATH);
        assertThat(write(new Command.Add(KEY, -5)))
                .extracting(WireRequest::method, WireRequest::target)
                .containsExactly("POST", PATH + "?add=-5");
        assertThat(write(new Command.Retime(KEY, Lifetime.FOREVER, Condition.ALWAYS)))
                .extracting(WireRequest::method, WireRequest::target)
                .containsExactly("PATCH", PATH + "?ttl=none");
        assertThat(write(new Command.Delete(KEY)).headers()).containsOnly(Map.entry("Idempotency-Key", "name"));
    }

    @Test
    void conditionsBecomeHeaders() {
        List<Revision> two = List.of(new Revision(7, 41), new Revision(7, 42));

        assertThat(headers(new Condition.Exists())).containsEntry("If-Match", "*");
        assertThat(headers(new Condition.Absent())).containsEntry("If-None-Match", "*");
        assertThat(headers(new Condition.AnyOf(two))).containsEntry("If-Match", "\"7-41\", \"7-42\"");
        assertThat(headers(new Condition.NoneOf(two))).containsEntry("If-None-Match", "\"7-41\", \"7-42\"");
        assertThat(headers(new Condition.NoneOf(List.of()))).containsOnlyKeys("Idempotency-Key");
        assertThat(headers(new Condition.AnyOf(List.of()))).containsEntry("If-Match", "W/\"0-0\"");
    }

    @Test
    void whatHasNoFormOverHttpIsAMistake() {
        Value value = Value.json("x");
        Value noText = new Value(Bytes.wrap(new byte[] {(byte) 0xFF}), "", ValueForm.JSON);
        List<Command> mistakes = List.of(
                new Command.Put(KEY, noText),
                new Command.Put(KEY, Value.raw(Bytes.EMPTY, "a\r\nb: c")),
                new Command.Put(KEY, Value.raw(Bytes.EMPTY, "a".repeat(257))),
                new Command.Put(KEY, value, Condition.ALWAYS, new Lifetime.Keep()),
                new Command.Put(KEY, value, Condition.ALWAYS, new Lifetime.Until(5)),
                new Command.Replicate(KEY, value, 5, "elsewhere"));

        for (Command mistake : mistakes) {
            assertThatIllegalArgumentException().as("%s", mistake).isThrownBy(() -> write(mistake));
        }
    }

    private static Map<String, String> headers(Condition condition) {
        return write(new Command.Delete(KEY, condition)).headers();
    }

    private static WireRequest write(Command command) {
        return Requests.unnamed(command).with("Idempotency-Key", "name");
    }

    @Test
    void whatAWriteIsToComeWithStandsInItsQuery() {
        Command put = new Command.Put(KEY, Value.json("v"));
        Command add = new Command.Add(KEY, 5);
        assertThat(Requests.unnamed(put, WriteOptions.usual())).isEqualTo(Requests.unnamed(put));
        assertThat(Requests.unnamed(put, WriteOptions.usual().onAllReplicas()).target())
                .endsWith("?w=all");
        assertThat(Requests.unnamed(add, WriteOptions.usual().onReplicas(3).explained())
                        .target())
                .endsWith("?add=5&w=3&explain=true");
    }
}
