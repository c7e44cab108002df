package io.quorate.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far an import is, as it is kept. */
@SuppressWarnings("NullAway.Init")
class ImportProgressTest {
    @TempDir
    Path root;

    @Test
    void whatWasKeptBeforeThereWasACountIsReadWithNoneOfIt() throws Exception {
        Path file = Files.writeString(root.resolve("p"), """
                {"format":1,"keyPrefix":"p","place":{"number":1,"bytes":2,"name":""},"before":"x",\
                "counts":{"written":5,"expired":0,"existing":1,"malformed":0,"refused":0,"unknown":0}}
                """);

        assertThat(new TransferFile<>(file, ImportProgress.class)
                        .kept()
                        .orElseThrow()
                        .counts())
                .isEqualTo(new ImportCounts(5, 0, 1, 0, 0, 0, 0));
    }
}
