package io.quorate.server.redis;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The connections of a worker, and what they have under way together. Used on the event loop alone. */
final class SessionRegistry {
    /** Commands that go through all partitions at once. */
    static final int MAX_LISTINGS = 4;

    private final Map<Long, Session> sessions = new TreeMap<>();
    private int listings;
    private long opened;
    private long commands;

    /** The number of a connection that is about to be opened. */
    long next() {
        return ++opened;
    }

    void add(Session session) {
        sessions.put(session.id(), session);
    }

    void remove(Session session) {
        sessions.remove(session.id());
    }

    Collection<Session> all() {
        return sessions.values();
    }

    void countCommand() {
        commands++;
    }

    /** Whether one more command may go through all partitions; {@link #listingEnded} has to follow. */
    boolean beginListing() {
        if (listings >= MAX_LISTINGS) {
            return false;
        }
        listings++;
        return true;
    }

    void listingEnded() {
        listings--;
    }

    long opened() {
        return opened;
    }

    long commands() {
        return commands;
    }
}
