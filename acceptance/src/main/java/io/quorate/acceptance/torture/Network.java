package io.quorate.acceptance.torture;

import java.util.List;

/** What connects the processes of a run. */
interface Network extends AutoCloseable {
    /** The address that a process binds to and that all others, and the clients, reach it at. */
    String host(String id);

    /** The command that runs another one as this process. */
    List<String> inside(String id, List<String> command);

    /** Whether packets can be kept from one process alone. */
    boolean canCut();

    /** From now on nothing that one process sends arrives at the other. */
    void cut(String from, String to);

    /** Everything arrives again. */
    void heal();

    /** Removes whatever was made for it; its processes have ended. */
    @Override
    void close();
}
