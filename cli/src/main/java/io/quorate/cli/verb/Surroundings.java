package io.quorate.cli.verb;

import io.quorate.cli.part.PartOptions;

/** What a process is told by where it runs. */
final class Surroundings {
    private Surroundings() {}

    /** Whether this is the container image, which says so. */
    static boolean inImage() {
        return "1".equals(System.getenv("QUORATE_IMAGE"));
    }

    /** Says that whoever reaches the ports may read and write. */
    static void warnOfOpenAccess(String host, Output output) {
        if (PartOptions.isOpen(host)) {
            output.note(
                    "Bound to " + host + ": access is not authenticated yet, so whoever reaches these ports can read"
                            + " and write everything.");
        }
    }
}
