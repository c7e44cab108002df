package io.quorate.server.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what nobody needs any more, so that one failure does not keep the rest open. */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.warn("{} could not be closed", closeable, e);
        }
    }
}
