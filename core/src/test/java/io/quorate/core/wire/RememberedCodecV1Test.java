package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import io.quorate.core.log.Remembered;
import io.quorate.core.log.Remembered.End;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberedCodecV1Test {
    private static final Remembered OUTCOME =
            new Remembered(5, End.APPLIED, Samples.REVISION, true, Optional.of(Bytes.utf8("42")));
    private static final int FLAGS_AT = 9;

    @Test
    void unknownFlagsAreMalformed() {
        byte[] encoded = RememberedCodecV1.encode(OUTCOME).toArray();
        encoded[FLAGS_AT] |= 1 << 5;
        assertThatThrownBy(() -> RememberedCodecV1.decode(Bytes.wrap(encoded)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("flags");
    }

    @Test
    void anOutcomeWithoutAResultTakesFewBytes() {
        Remembered without = new Remembered(-1, End.APPLIED, Samples.REVISION, true, Optional.empty());
        assertThat(RememberedCodecV1.encode(without).length()).isLessThanOrEqualTo(13);
    }
}
