package io.quorate.core.controller.state;

import io.quorate.api.Limits;
import io.quorate.core.controller.state.MetadataRecord.ClusterCreated;
import io.quorate.core.controller.state.MetadataRecord.LeadersElected;
import io.quorate.core.controller.state.MetadataRecord.LeadersEstablished;
import io.quorate.core.controller.state.MetadataRecord.LearnersChanged;
import io.quorate.core.controller.state.MetadataRecord.SettingsChanged;
import io.quorate.core.controller.state.MetadataRecord.TermsStarted;
import io.quorate.core.controller.state.MetadataRecord.WorkerRegistered;
import io.quorate.core.wire.ByteWriter;

/** Writes the records of a command of format 1. */
final class RecordWriter {
    static final int CLUSTER_CREATED = 1;
    static final int SETTINGS_CHANGED = 2;
    static final int WORKER_REGISTERED = 3;
    static final int TERMS_STARTED = 4;
    static final int LEADERS_ELECTED = 5;
    static final int LEADERS_ESTABLISHED = 6;
    static final int LEARNERS_CHANGED = 7;

    private final StateWriter pieces;
    private final ByteWriter out;

    RecordWriter(StateWriter pieces) {
        this.pieces = pieces;
        this.out = pieces.out;
    }

    void record(MetadataRecord record) {
        switch (record) {
            case ClusterCreated created -> {
                out.u8(CLUSTER_CREATED);
                out.uuid(created.cluster());
                pieces.settings(created.settings());
            }
            case SettingsChanged changed -> {
                out.u8(SETTINGS_CHANGED);
                out.varint(changed.replicas());
                out.varint(changed.writeQuorum());
            }
            case WorkerRegistered registered -> {
                out.u8(WORKER_REGISTERED);
                pieces.worker(registered.worker());
            }
            case TermsStarted started -> {
                out.u8(TERMS_STARTED);
                out.list(started.starts(), Limits.MAX_PARTITIONS, (to, start) -> start(start));
            }
            case LeadersElected elected -> {
                out.u8(LEADERS_ELECTED);
                out.list(elected.elections(), Limits.MAX_PARTITIONS, (to, election) -> election(election));
            }
            case LeadersEstablished established -> {
                out.u8(LEADERS_ESTABLISHED);
                out.list(established.establishments(), Limits.MAX_PARTITIONS, (to, each) -> establishment(each));
            }
            case LearnersChanged changed -> {
                out.u8(LEARNERS_CHANGED);
                out.list(changed.changes(), Limits.MAX_PARTITIONS, (to, learning) -> learning(learning));
            }
        }
    }

    private void start(TermsStarted.Start start) {
        out.varint(start.partition());
        out.nonNegative(start.previousTerm());
        out.nonNegative(start.term());
        pieces.configuration(start.configuration());
    }

    private void election(LeadersElected.Election election) {
        out.varint(election.partition());
        out.nonNegative(election.term());
        pieces.elected(election.elected());
    }

    private void establishment(LeadersEstablished.Establishment establishment) {
        out.varint(establishment.partition());
        out.nonNegative(establishment.term());
    }

    private void learning(LearnersChanged.Learning learning) {
        out.varint(learning.partition());
        out.nonNegative(learning.term());
        pieces.learners(learning.learners());
        pieces.optional(learning.move(), pieces::move);
    }
}
