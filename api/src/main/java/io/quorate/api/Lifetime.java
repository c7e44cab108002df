package io.quorate.api;

import java.util.Optional;

/** How long a key is to exist, by the time of the log. */
public sealed interface Lifetime {
    /** The longest time to live, in milliseconds: a hundred years. */
    long MAX_MILLIS = 36_525L * 24 * 60 * 60 * 1_000;

    /**
     * When a record written now expires.
     *
     * @param logTimeMillis the log time of the entry that writes it
     * @param current what it replaces
     * @return log time, {@link Record#NEVER} for not at all
     */
    long expiresMillis(long logTimeMillis, Optional<Record> current);

    /** Until it is deleted. */
    record Forever() implements Lifetime {
        @Override
        public long expiresMillis(long logTimeMillis, Optional<Record> current) {
            return Record.NEVER;
        }
    }

    /** As long as what it replaces. */
    record Keep() implements Lifetime {
        @Override
        public long expiresMillis(long logTimeMillis, Optional<Record> current) {
            return current.map(Record::expiresMillis).orElse(Record.NEVER);
        }
    }

    /**
     * For so long from the write on.
     *
     * @param millis 1 to {@link #MAX_MILLIS}
     */
    record For(long millis) implements Lifetime {
        public For {
            if (millis < 1 || millis > MAX_MILLIS) {
                throw new IllegalArgumentException("a time to live of " + millis + " ms");
            }
        }

        @Override
        public long expiresMillis(long logTimeMillis, Optional<Record> current) {
            return logTimeMillis + millis;
        }
    }

    /**
     * Until that moment; one in the past removes the key at once.
     *
     * @param unixMillis milliseconds since 1970, at least 0 and below {@link Record#NEVER}
     */
    record Until(long unixMillis) implements Lifetime {
        public Until {
            if (unixMillis < 0 || unixMillis == Record.NEVER) {
                throw new IllegalArgumentException("an expiry at " + unixMillis);
            }
        }

        @Override
        public long expiresMillis(long logTimeMillis, Optional<Record> current) {
            return unixMillis;
        }
    }

    /** The lifetime that does not end. */
    Lifetime FOREVER = new Forever();
}
