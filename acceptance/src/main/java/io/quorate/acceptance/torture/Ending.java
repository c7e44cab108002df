package io.quorate.acceptance.torture;

import java.util.Optional;

/** How a call ended. */
sealed interface Ending {
    /** For the report. */
    String name();

    /** A read was answered. */
    record Seen(Optional<String> value) implements Ending {
        @Override
        public String name() {
            return "answered";
        }
    }

    /** A read was not answered, which says nothing. */
    record Unanswered() implements Ending {
        @Override
        public String name() {
            return "unanswered";
        }
    }

    /** The write has taken effect. */
    record Applied() implements Ending {
        @Override
        public String name() {
            return "applied";
        }
    }

    /** The write had a condition that did not hold. */
    record ConditionFailed() implements Ending {
        @Override
        public String name() {
            return "condition failed";
        }
    }

    /** The write has not taken effect and never will. */
    record NotApplied() implements Ending {
        @Override
        public String name() {
            return "not applied";
        }
    }

    /** The write may have taken effect, or may yet. */
    record Unknown() implements Ending {
        @Override
        public String name() {
            return "unknown";
        }
    }
}
