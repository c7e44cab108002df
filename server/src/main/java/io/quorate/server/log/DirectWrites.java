package io.quorate.server.log;

/** Whether blocks go around the operating system's page cache. */
public enum DirectWrites {
    /** When the file system allows it. */
    WHEN_POSSIBLE,
    /** Never: every block is written through the cache and then forced. */
    NEVER
}
