package io.quorate.server.store;

import static io.quorate.server.store.Samples.delete;
import static io.quorate.server.store.Samples.deleted;
import static io.quorate.server.store.Samples.expiring;
import static io.quorate.server.store.Samples.forget;
import static io.quorate.server.store.Samples.install;
import static io.quorate.server.store.Samples.key;
import static io.quorate.server.store.Samples.meta;
import static io.quorate.server.store.Samples.put;
import static io.quorate.server.store.Samples.record;
import static io.quorate.server.store.Samples.remember;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.Expiries.Due;
import io.quorate.core.port.KeyValueStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for the records that expire in every {@link KeyValueStore}. */
abstract class ExpiryContract extends SpaceContract {
    private static final int ALL = 1_000;
    private static final Expiries NONE = new Expiries(List.of(), Record.NEVER);

    private static Record until(long expiresMillis) {
        return expiring(1, "v", expiresMillis);
    }

    private static Due ofClient(String key, long expiresMillis) {
        return new Due(Space.KEYS, key(key), expiresMillis);
    }

    private static Due remembered(String id, long expiresMillis) {
        return new Due(Space.REMEMBERED, key(id), expiresMillis);
    }

    @Test
    void withoutRecordsThatExpireNoneHave() {
        assertThat(store.expired(5, Long.MAX_VALUE, ALL)).isEqualTo(NONE);
        store.write(meta(5, 0, 1, 1), List.of(put("a", record(1, "one")), remember("i", record(1, "two"))));
        assertThat(store.expired(5, Long.MAX_VALUE, ALL)).isEqualTo(NONE);
    }

    @Test
    void whatHasExpiredComesInTheOrderInWhichItDid() {
        store.write(
                meta(5, 0, 1, 3),
                List.of(
                        put("a", until(300)),
                        put("b", until(100)),
                        put("c", until(200)),
                        put("d", record(1, "for ever")),
                        remember("a", until(200)),
                        remember("b", until(50)),
                        remember("c", until(301))));
        store.write(meta(6, 0, 1), List.of(put("other", until(1))));

        assertThat(store.expired(5, 300, ALL))
                .isEqualTo(new Expiries(
                        List.of(
                                remembered("b", 50),
                                ofClient("b", 100),
                                ofClient("c", 200),
                                remembered("a", 200),
                                ofClient("a", 300)),
                        301));
    }

    @Test
    void aRecordHasExpiredFromItsExpiryOn() {
        store.write(meta(5, 0, 1), List.of(put("a", until(100))));

        assertThat(store.expired(5, 99, ALL)).isEqualTo(new Expiries(List.of(), 100));
        assertThat(store.expired(5, 100, ALL)).isEqualTo(new Expiries(List.of(ofClient("a", 100)), Record.NEVER));
    }

    @Test
    void noMoreComeThanWereAskedFor() {
        store.write(
                meta(5, 0, 1),
                List.of(put("a", until(10)), put("b", until(20)), put("c", until(30)), put("d", until(40))));

        assertThat(store.expired(5, 30, 1)).isEqualTo(new Expiries(List.of(ofClient("a", 10)), 20));
        assertThat(store.expired(5, 30, 2)).isEqualTo(new Expiries(List.of(ofClient("a", 10), ofClient("b", 20)), 30));
        assertThat(store.expired(5, 30, 3))
                .isEqualTo(new Expiries(List.of(ofClient("a", 10), ofClient("b", 20), ofClient("c", 30)), 40));
    }

    @Test
    void expiriesFromOneEndOfTimeToTheOtherAreInOrder() {
        store.write(
                meta(5, 0, 1),
                List.of(
                        put("a", until(Long.MAX_VALUE - 1)),
                        put("b", until(0)),
                        put("c", until(-1)),
                        put("d", until(Long.MIN_VALUE))));

        assertThat(store.expired(5, Long.MAX_VALUE - 2, ALL))
                .isEqualTo(new Expiries(
                        List.of(ofClient("d", Long.MIN_VALUE), ofClient("c", -1), ofClient("b", 0)),
                        Long.MAX_VALUE - 1));
    }

    @Test
    void onlyTheLastExpiryOfARecordCounts() {
        store.write(
                meta(5, 0, 1, 2),
                List.of(
                        put("deleted", until(100)),
                        put("earlier", until(100)),
                        put("endless", until(100)),
                        put("later", until(100)),
                        put("same", until(100)),
                        remember("forgotten", until(100)),
                        remember("kept", until(100))));
        store.write(
                meta(5, 0, 2, 1),
                List.of(
                        delete("deleted"),
                        put("earlier", until(50)),
                        put("endless", record(2, "v")),
                        put("later", until(200)),
                        put("same", expiring(2, "other", 100)),
                        forget("forgotten")));

        Expiries expected =
                new Expiries(List.of(ofClient("earlier", 50), ofClient("same", 100), remembered("kept", 100)), 200);
        assertThat(store.expired(5, 150, ALL)).isEqualTo(expected);
        assertThat(store.expired(5, 150, ALL)).isEqualTo(expected);
        assertThat(store.expired(5, 200, ALL).due()).hasSize(4).endsWith(ofClient("later", 200));
        assertThat(store.expired(5, 0, ALL).nextMillis()).isLessThanOrEqualTo(50);
    }

    @Test
    void aRecordThatGetsItsOldExpiryBackIsFoundAgain() {
        Expiries found = new Expiries(List.of(ofClient("a", 100)), Record.NEVER);
        store.write(meta(5, 0, 1), List.of(put("a", until(100))));
        store.write(meta(5, 0, 2), List.of(put("a", until(300))));
        store.write(meta(5, 0, 3), List.of(put("a", until(100))));
        assertThat(store.expired(5, 299, ALL).due()).isEqualTo(found.due());

        store.write(meta(5, 0, 4), List.of(delete("a")));
        assertThat(store.expired(5, 300, ALL)).isEqualTo(NONE);
        store.write(meta(5, 0, 5), List.of(put("a", until(100))));
        assertThat(store.expired(5, 300, ALL)).isEqualTo(found);
    }

    @Test
    void theRecordsOfABatchThatWasNotWrittenDoNotExpire() {
        store.write(meta(5, 1, 1), List.of(put("a", until(100))));
        store.write(meta(5, 0, 2), List.of(put("b", until(50))));

        assertThat(store.expired(5, 100, ALL)).isEqualTo(new Expiries(List.of(ofClient("a", 100)), Record.NEVER));
    }

    @Test
    void whatWasReplacedDoesNotExpire() throws Exception {
        for (int partition = 1; partition <= 3; partition++) {
            store.write(meta(partition, 0, 1, 1), List.of(put(partition + "a", until(100)), remember("i", until(100))));
        }
        store.sync();
        store.write(meta(1, 1, 1), List.of(put("1b", until(200))));
        install(store, meta(2, 1, 9), Map.of(key("2b"), until(200)));
        store.write(deleted(3, 0, 9), List.of());
        for (int turn = 0; turn < 2; turn++) {
            assertThat(store.expired(1, 300, ALL)).isEqualTo(new Expiries(List.of(ofClient("1b", 200)), Record.NEVER));
            assertThat(store.expired(2, 300, ALL)).isEqualTo(new Expiries(List.of(ofClient("2b", 200)), Record.NEVER));
            assertThat(store.expired(3, 300, ALL)).isEqualTo(NONE);
            store.sync();
            crash();
        }
    }

    @Test
    void whatIsStagedDoesNotExpire() {
        store.stageSnapshot(5).add(Samples.pieces(Map.of(key("a"), until(100))).getFirst());
        assertThat(store.expired(5, 300, ALL)).isEqualTo(NONE);
        store.write(meta(5, 0, 1), List.of());
        assertThat(store.expired(5, 300, ALL)).isEqualTo(NONE);
    }

    @Test
    void afterACrashTheSameHasExpired() throws Exception {
        store.write(
                meta(5, 0, 1, 2),
                List.of(
                        put("a", until(100)),
                        put("b", until(100)),
                        remember("i", until(80)),
                        remember("j", until(90))));
        store.write(meta(5, 0, 2, 1), List.of(put("a", until(110)), forget("i")));
        store.sync();
        Expiries expected =
                new Expiries(List.of(remembered("j", 90), ofClient("b", 100), ofClient("a", 110)), Record.NEVER);
        assertThat(store.expired(5, 110, ALL)).isEqualTo(expected);
        crash();
        assertThat(store.expired(5, 110, ALL)).isEqualTo(expected);
        store.sync();
        crash();
        assertThat(store.expired(5, 110, ALL)).isEqualTo(expected);
    }
}
