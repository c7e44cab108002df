package io.quorate.core.controller.state;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One decision. It names what it was decided on, and {@link ClusterState#apply} leaves out whatever that has overtaken.
 */
public sealed interface MetadataRecord {
    /** The cluster exists; only the first such record counts. */
    record ClusterCreated(UUID cluster, ClusterSettings settings) implements MetadataRecord {}

    /** REPLICAS and WRITE_QUORUM have new values. */
    record SettingsChanged(int replicas, int writeQuorum) implements MetadataRecord {}

    /** A worker registered; it counts if its incarnation is the greatest seen of this disk. */
    record WorkerRegistered(RegisteredWorker worker) implements MetadataRecord {}

    /** Terms were started. */
    record TermsStarted(List<Start> starts) implements MetadataRecord {
        public TermsStarted {
            starts = List.copyOf(starts);
        }

        /**
         * One of them; it counts only while {@code previousTerm} is the greatest term started, 0 for none.
         *
         * @param term greater than {@code previousTerm}
         */
        public record Start(int partition, long previousTerm, long term, Configuration configuration) {}
    }

    /** Leaders were elected. */
    record LeadersElected(List<Election> elections) implements MetadataRecord {
        public LeadersElected {
            elections = List.copyOf(elections);
        }

        /** One of them; it counts only while {@code term} is the greatest term started and has no leader. */
        public record Election(int partition, long term, Elected elected) {}
    }

    /** Leaders have committed their barriers. */
    record LeadersEstablished(List<Establishment> establishments) implements MetadataRecord {
        public LeadersEstablished {
            establishments = List.copyOf(establishments);
        }

        /** One of them; it counts only while {@code term} is the greatest term started. */
        public record Establishment(int partition, long term) {}
    }

    /** Replacements began or were given up. */
    record LearnersChanged(List<Learning> changes) implements MetadataRecord {
        public LearnersChanged {
            changes = List.copyOf(changes);
        }

        /**
         * One of them; it counts only while {@code term} is the greatest term started.
         *
         * @param learners who is fed from now on
         * @param move what for; empty when a move is given up
         */
        public record Learning(int partition, long term, List<Member> learners, Optional<Move> move) {
            public Learning {
                learners = List.copyOf(learners);
            }
        }
    }
}
