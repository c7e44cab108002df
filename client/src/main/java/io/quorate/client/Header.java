package io.quorate.client;

/** The names of headers that requests and answers have. */
final class Header {
    static final String ACCEPT = "Accept";
    static final String CONTENT_TYPE = "Content-Type";
    static final String ETAG = "ETag";
    static final String IF_MATCH = "If-Match";
    static final String IF_NONE_MATCH = "If-None-Match";
    static final String RETRY_AFTER = "Retry-After";

    /** Names a write, so that it may be repeated. */
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Names a write by its number in a session. */
    static final String SESSION = "Quorate-Session";

    /** The worker whose replica answered a read. */
    static final String SERVED_BY = "Quorate-Served-By";

    /** What that replica was. */
    static final String ROLE = "Quorate-Role";

    /** What was promised of a read. */
    static final String CONSISTENCY = "Quorate-Consistency";

    /** The last entry applied to the replica that answered. */
    static final String APPLIED = "Quorate-Applied";

    /** How long ago at most what a read lacks was acknowledged. */
    static final String STALENESS = "Quorate-Staleness";

    /** The type of a value that is stored as bytes. */
    static final String STORED_TYPE = "Quorate-Content-Type";

    /** What became of a write. */
    static final String OUTCOME = "Quorate-Outcome";

    /** Whether a deleted key was there. */
    static final String EXISTED = "Quorate-Existed";

    /** The revision of what was read or written. */
    static final String REVISION = "Quorate-Revision";

    /** How long a key still lives. */
    static final String TTL = "Quorate-TTL";

    private Header() {}
}
