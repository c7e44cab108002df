package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import io.quorate.api.ItemResult;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ItemResultsV1Test {
    private static final List<ItemResult> RESULTS = List.of(
            new ItemResult(false, Optional.empty()),
            new ItemResult(true, Optional.of(Bytes.utf8("-42"))),
            new ItemResult(true, Optional.empty()),
            ItemResult.of(Optional.of(Samples.JSON)));

    private static final String GOLDEN = "01040003032d343201050107ac020280b083c598680568656c6c6f";

    private static Bytes bytes(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }

    @Test
    void version1HasTheseBytes() {
        assertThat(ItemResultsV1.encode(RESULTS)).isEqualTo(bytes(GOLDEN));
        assertThat(ItemResultsV1.decode(bytes(GOLDEN))).isEqualTo(RESULTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02030003032d343201", "0108", "01030003032d3432", "0101ff", "01030003", GOLDEN + "00"})
    void damageIsNoticed(String hex) {
        assertThatThrownBy(() -> ItemResultsV1.decode(bytes(hex))).isInstanceOf(MalformedException.class);
    }
}
