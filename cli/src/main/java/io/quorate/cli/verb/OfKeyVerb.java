package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import picocli.CommandLine.Parameters;

/** What the verbs share that are about one key. */
abstract class OfKeyVerb extends KeyClientVerb {
    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    String key = "";

    /** The key as it is stored. */
    Bytes keyBytes() {
        return Bytes.utf8(key);
    }
}
