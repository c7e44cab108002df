package io.quorate.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchPositionTest {
    private static final UUID CLUSTER = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private static WatchPosition position(WatchScope scope, Random random, long mostIndex) {
        WatchPosition position = WatchPosition.unknown(scope);
        for (int i = 0; i < scope.count(); i++) {
            int items = random.nextInt(10) == 0 ? 1 + random.nextInt(5) : 0;
            position = position.with(scope.first() + i, new Revision(7, 1 + random.nextLong(mostIndex)), items);
        }
        return position;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 256, 1_024})
    void isReadFromItsText(int partitions) {
        WatchScope scope = new WatchScope(CLUSTER, partitions, 0, partitions);
        WatchPosition position = position(scope, new Random(partitions), 1L << 27);
        WatchPosition read = WatchPosition.parse(position.text()).orElseThrow();
        assertThat(read.scope()).isEqualTo(scope);
        for (int partition = 0; partition < partitions; partition++) {
            assertThat(read.after(partition)).isEqualTo(position.after(partition));
            assertThat(read.items(partition)).isEqualTo(position.items(partition));
        }
        assertThat(read.text()).isEqualTo(position.text());
    }

    @Test
    void ofAsManyPartitionsAsCanBeWatchedFitsIntoAHeader() {
        WatchScope scope = new WatchScope(CLUSTER, 1_024, 0, 1_024);
        WatchPosition position = position(scope, new Random(1), 1L << 33);
        assertThat(position.text()).hasSizeLessThanOrEqualTo(WatchPosition.MAX_TEXT_CHARS);
    }

    @Test
    void ofManyQuietPartitionsIsShort() {
        WatchScope scope = new WatchScope(CLUSTER, 1_024, 0, 1_024);
        WatchPosition position = WatchPosition.unknown(scope);
        for (int partition = 0; partition < scope.count(); partition++) {
            position = position.with(partition, new Revision(1, 2 + partition % 2), 0);
        }
        assertThat(position.text()).hasSizeLessThan(200);
    }

    @Test
    void keepsItsForm() {
        WatchScope scope = new WatchScope(CLUSTER, 4, 0, 4);
        WatchPosition position = WatchPosition.unknown(scope)
                .with(0, new Revision(3, 300), 0)
                .with(1, Revision.NONE, 0)
                .with(2, new Revision(1, 7), 2)
                .with(3, new Revision(4, 1_000_000), 0);
        assertThat(position.text()).isEqualTo("AQAAESIzRFVmd4iZqrvM3e7_BAAE2ATXBA7yiHoGBQIGAQIC7NeCPQ");
        assertThat(WatchPosition.parse("AQAAESIzRFVmd4iZqrvM3e7_BAAE2ATXBA7yiHoGBQIGAQIC7NeCPQ"))
                .get()
                .satisfies(read -> assertThat(read.after(3)).contains(new Revision(4, 1_000_000)));
    }

    @Test
    void whatWasChangedOrCutIsNone() {
        String text = position(new WatchScope(CLUSTER, 64, 0, 64), new Random(3), 1_000)
                .text();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            // The last character has bits that are not part of any byte.
            if (i < text.length() - 1) {
                assertThat(WatchPosition.parse(changed)).as(changed).isEmpty();
            }
            assertThat(WatchPosition.parse(text.substring(0, i))).isEmpty();
        }
        for (String none : new String[] {"", "x", "%%", "AAAA", "A".repeat(WatchPosition.MAX_TEXT_CHARS + 1)}) {
            assertThat(WatchPosition.parse(none)).isEqualTo(Optional.empty());
        }
    }

    @Test
    void aPrefixWithATagIsOfOnePartition() {
        assertThat(WatchScope.of(CLUSTER, 64, Bytes.utf8("user:"))).isEqualTo(new WatchScope(CLUSTER, 64, 0, 64));
        WatchScope tagged = WatchScope.of(CLUSTER, 64, Bytes.utf8("{user7}/"));
        assertThat(tagged.count()).isEqualTo(1);
        assertThat(WatchScope.of(CLUSTER, 64, Bytes.utf8("{user7"))).isEqualTo(new WatchScope(CLUSTER, 64, 0, 64));
        assertThat(WatchScope.of(CLUSTER, 64, Bytes.utf8("{}x"))).isEqualTo(new WatchScope(CLUSTER, 64, 0, 64));
    }
}
