package io.quorate.server.http;

import io.vertx.core.http.HttpHeaders;

/** The names of headers beside those of HTTP itself. */
final class KvHeaders {
    /** The revision of what was read or written. */
    static final CharSequence REVISION = HttpHeaders.createOptimized("Quorate-Revision");

    /** The worker whose replica answered a read. */
    static final CharSequence SERVED_BY = HttpHeaders.createOptimized("Quorate-Served-By");

    /** What that replica was: leader, follower, learner or fenced. */
    static final CharSequence ROLE = HttpHeaders.createOptimized("Quorate-Role");

    /** What was promised of a read. */
    static final CharSequence CONSISTENCY = HttpHeaders.createOptimized("Quorate-Consistency");

    /** The last entry applied to the replica that answered. */
    static final CharSequence APPLIED = HttpHeaders.createOptimized("Quorate-Applied");

    /** How long before the read, at most, what its answer lacks was acknowledged. */
    static final CharSequence STALENESS = HttpHeaders.createOptimized("Quorate-Staleness");

    /** The type of a value that is stored as bytes. */
    static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("Quorate-Content-Type");

    /** What became of a write: applied, not_applied or unknown. */
    static final CharSequence OUTCOME = HttpHeaders.createOptimized("Quorate-Outcome");

    /** Whether a deleted key was there. */
    static final CharSequence EXISTED = HttpHeaders.createOptimized("Quorate-Existed");

    /** How long a key is to live, and how long it still does. */
    static final CharSequence TTL = HttpHeaders.createOptimized("Quorate-TTL");

    /** Names a write, so that it may be repeated. */
    static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized("Idempotency-Key");

    /** Names a write by its number in a session. */
    static final CharSequence SESSION = HttpHeaders.createOptimized("Quorate-Session");

    private KvHeaders() {}
}
