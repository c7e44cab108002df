package io.quorate.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Which ends of a segment are half-written, on bytes laid out as Ratis does. */
class TornTailTest {
    private static final int PAGE = 4_096;

    private final ByteArrayOutputStream segment = new ByteArrayOutputStream();
    private int lastEntryAt;

    TornTailTest() {
        segment.writeBytes("RaftLog1".getBytes(StandardCharsets.US_ASCII));
    }

    private void entry(int length) {
        lastEntryAt = segment.size();
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) 'x');
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        for (int rest = length; rest != 0; rest >>>= 7) {
            entry.write(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
        }
        entry.writeBytes(body);
        CRC32C crc = new CRC32C();
        crc.update(entry.toByteArray());
        segment.writeBytes(entry.toByteArray());
        segment.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private byte[] filledAhead() {
        return Arrays.copyOf(segment.toByteArray(), segment.size() + 3 * PAGE);
    }

    private static byte[] zeroFrom(byte[] file, int from) {
        byte[] cut = file.clone();
        Arrays.fill(cut, from, cut.length, (byte) 0);
        return cut;
    }

    private static void isWhole(byte[] file) {
        assertThat(TornTail.wholeUpTo(file)).isEqualTo(file.length);
    }

    @Test
    void wholeEntriesStay() {
        isWhole(filledAhead());
        entry(100);
        entry(3 * PAGE);
        entry(5);
        isWhole(segment.toByteArray());
        isWhole(filledAhead());
    }

    @Test
    void anEntryWrittenUpToAPageBoundaryIsCut() {
        entry(100);
        entry(3 * PAGE);
        for (int pages = 1; pages <= 3; pages++) {
            assertThat(TornTail.wholeUpTo(zeroFrom(filledAhead(), pages * PAGE)))
                    .isEqualTo(lastEntryAt);
        }
    }

    @Test
    void anEntryWhoseLengthWasCutIsCut() {
        entry(PAGE - 8 - 2 - 4 - 1);
        entry(200);
        assertThat(lastEntryAt).isEqualTo(PAGE - 1);
        assertThat(TornTail.wholeUpTo(zeroFrom(filledAhead(), PAGE))).isEqualTo(lastEntryAt);
    }

    @Test
    void anEntryThatEndsBetweenPageBoundariesIsDamageAndLeft() {
        entry(100);
        entry(3 * PAGE);
        isWhole(zeroFrom(filledAhead(), 3 * PAGE + 50));
    }

    @Test
    void aChangedByteIsDamageAndLeft() {
        entry(3 * PAGE);
        byte[] damaged = filledAhead();
        damaged[PAGE] ^= 1;
        isWhole(damaged);
    }

    @Test
    void aBrokenEntryBeforeOthersIsDamageAndLeft() {
        entry(3 * PAGE);
        int firstEnd = segment.size();
        entry(100);
        byte[] damaged = filledAhead();
        Arrays.fill(damaged, 2 * PAGE, firstEnd, (byte) 0);
        isWhole(damaged);
    }

    @Test
    void whatIsNoSegmentIsLeft() {
        isWhole(new byte[0]);
        isWhole("RaftLog2 and more".getBytes(StandardCharsets.US_ASCII));
    }
}
