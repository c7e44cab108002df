package io.quorate.server.config;

/** What a process is, as far as its settings go. */
public enum Role {
    /** A controller. */
    CONTROLLER("a controller"),
    /** A worker. */
    WORKER("a worker"),
    /** A whole cluster started at once. */
    CLUSTER("a cluster");

    private final String shown;

    Role(String shown) {
        this.shown = shown;
    }

    /** With its article, for a sentence. */
    public String shown() {
        return shown;
    }
}
