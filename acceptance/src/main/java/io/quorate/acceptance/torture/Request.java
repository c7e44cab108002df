package io.quorate.acceptance.torture;

/** What a client asks about a key. */
sealed interface Request {
    /** For the report. */
    String name();

    /** A linearizable read. */
    record Read() implements Request {
        @Override
        public String name() {
            return "read";
        }
    }

    /** A write of a value that nobody else writes. */
    record Put(String value) implements Request {
        @Override
        public String name() {
            return "put";
        }
    }

    /** A removal. */
    record Delete() implements Request {
        @Override
        public String name() {
            return "delete";
        }
    }
}
