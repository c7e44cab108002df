package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.WriteRequest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandCodecV1Test {
    /** A retime of the key "k", up to its condition. */
    private static final String RETIME = "05016b";

    @Test
    void aWriteIsReadAsItWasWritten() {
        RandomCommands commands = new RandomCommands(new RandomWords(11));
        for (int i = 0; i < 3_000; i++) {
            WriteRequest request = commands.request();
            ByteWriter writer = new ByteWriter();
            CommandCodecV1.writeRequest(writer, request);
            ByteReader reader = new ByteReader(writer.toBytes());
            assertThat(CommandCodecV1.readRequest(reader)).isEqualTo(request);
            reader.end();
        }
    }

    @Test
    void equalCommandsHaveEqualEncodingsAndOthersHaveOthers() {
        Map<Bytes, Command> byEncoding = new HashMap<>();
        RandomCommands commands = new RandomCommands(new RandomWords(12));
        CommandSamples.commands()
                .values()
                .forEach(command -> assertThat(byEncoding.put(CommandCodecV1.encode(command), command))
                        .isNull());
        for (int i = 0; i < 3_000; i++) {
            Command command = commands.command();
            Command before = byEncoding.put(CommandCodecV1.encode(command), command);
            assertThat(before == null || before.equals(command)).isTrue();
        }
        CommandSamples.commands()
                .values()
                .forEach(command -> assertThat(byEncoding).containsEntry(CommandCodecV1.encode(command), command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "010300", // lives for no time
                "010381d8d08fec5b", // longer than a hundred years
                "0104ffffffffffffffff7f", // until never
                "0104ffffffffffffffffff01", // until before 1970
                "010500", // an unknown lifetime
                "06", // an unknown condition
                "0441", // too many revisions
                "05020000" // fewer revisions than said
            })
    void whatNoCommandSaysIsMalformed(String rest) {
        ByteReader reader = new ByteReader(Bytes.wrap(HexFormat.of().parseHex(RETIME + rest)));
        assertThatThrownBy(() -> CommandCodecV1.readRequest(reader)).isInstanceOf(MalformedException.class);
    }

    @Test
    void anIdOfAnotherLengthIsMalformed() {
        String once = RETIME + "0101" + "01" + "0f" + "00".repeat(15) + "00".repeat(8);
        ByteReader reader = new ByteReader(Bytes.wrap(HexFormat.of().parseHex(once)));
        assertThatThrownBy(() -> CommandCodecV1.readRequest(reader))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("15 bytes");
    }
}
