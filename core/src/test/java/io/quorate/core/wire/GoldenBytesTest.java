package io.quorate.core.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes that version 1 of each family writes and reads, for ever. */
class GoldenBytesTest {
    static List<Family<?>> families() {
        return Family.all();
    }

    @ParameterizedTest
    @MethodSource("families")
    <T> void version1WritesTheGoldenBytes(Family<T> family) throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        family.samples()
                .forEach((name, sample) -> written.put(
                        name,
                        HexFormat.of().formatHex(family.encode().apply(sample).toArray())));
        assertThat(lines(written)).isEqualTo(lines(golden(family)));
    }

    @ParameterizedTest
    @MethodSource("families")
    <T> void version1ReadsTheGoldenBytes(Family<T> family) throws IOException {
        Map<String, Object> read = new LinkedHashMap<>();
        golden(family)
                .forEach((name, hex) -> read.put(
                        name, family.decode().apply(Bytes.wrap(HexFormat.of().parseHex(hex)))));
        assertThat(read).isEqualTo(family.samples());
    }

    private static String lines(Map<String, String> samples) {
        StringBuilder lines = new StringBuilder();
        samples.forEach(
                (name, hex) -> lines.append(name).append(' ').append(hex).append('\n'));
        return lines.toString();
    }

    private static Map<String, String> golden(Family<?> family) throws IOException {
        String file = "/wire/v1/" + family.name() + ".txt";
        Map<String, String> samples = new LinkedHashMap<>();
        try (InputStream stream = requireNonNull(GoldenBytesTest.class.getResourceAsStream(file), file)) {
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                int space = line.indexOf(' ');
                samples.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        return samples;
    }
}
