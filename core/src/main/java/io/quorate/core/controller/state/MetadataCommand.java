package io.quorate.core.controller.state;

import java.util.List;

/**
 * What is proposed to the metadata log at a time.
 *
 * @param epoch the leadership in which it was decided; in another one it does nothing
 * @param records applied in this order, in one step
 */
public record MetadataCommand(long epoch, List<MetadataRecord> records) {
    public MetadataCommand {
        records = List.copyOf(records);
    }
}
