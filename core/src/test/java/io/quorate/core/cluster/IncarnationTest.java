package io.quorate.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IncarnationTest {
    @Test
    void everyStartIsLaterThanTheOneBeforeWhateverIsDrawn() {
        long first = Incarnation.next(0, Incarnation.DRAWS - 1);
        long second = Incarnation.next(first, 0);

        assertThat(Incarnation.starts(first)).isEqualTo(1);
        assertThat(Incarnation.starts(second)).isEqualTo(2);
        assertThat(Incarnation.isLater(second, first)).isTrue();
        assertThat(Incarnation.isLater(first, second)).isFalse();
    }

    @Test
    void twoStartsOfOneDiskAndItsCopyDifferAndNeitherIsLater() {
        long disk = Incarnation.next(7, 11);
        long copy = Incarnation.next(7, 12);

        assertThat(copy).isNotEqualTo(disk);
        assertThat(Incarnation.isLater(copy, disk)).isFalse();
        assertThat(Incarnation.isLater(disk, copy)).isFalse();
    }

    @Test
    void aCountOfEarlierVersionsGoesOn() {
        assertThat(Incarnation.starts(7)).isEqualTo(7);
        assertThat(Incarnation.starts(Incarnation.next(7, 3))).isEqualTo(8);
        assertThat(Incarnation.isLater(Incarnation.next(7, 3), 7)).isTrue();
    }

    @Test
    void onlySoManyNumbersAreDrawn() {
        assertThatThrownBy(() -> Incarnation.next(0, Incarnation.DRAWS)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Incarnation.next(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
