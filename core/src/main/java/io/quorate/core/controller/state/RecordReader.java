package io.quorate.core.controller.state;

import io.quorate.api.Limits;
import io.quorate.core.controller.state.MetadataRecord.ClusterCreated;
import io.quorate.core.controller.state.MetadataRecord.LeadersElected;
import io.quorate.core.controller.state.MetadataRecord.LeadersEstablished;
import io.quorate.core.controller.state.MetadataRecord.LearnersChanged;
import io.quorate.core.controller.state.MetadataRecord.SettingsChanged;
import io.quorate.core.controller.state.MetadataRecord.TermsStarted;
import io.quorate.core.controller.state.MetadataRecord.WorkerRegistered;
import io.quorate.core.wire.ByteReader;
import java.util.List;
import java.util.function.Supplier;

/** Reads what a {@link RecordWriter} wrote. */
final class RecordReader {
    private final StateReader pieces;
    private final ByteReader in;

    RecordReader(StateReader pieces) {
        this.pieces = pieces;
        this.in = pieces.in;
    }

    MetadataRecord record() {
        int code = in.u8();
        return switch (code) {
            case RecordWriter.CLUSTER_CREATED -> new ClusterCreated(in.uuid(), pieces.settings());
            case RecordWriter.SETTINGS_CHANGED -> new SettingsChanged(in.nonNegativeInt(), in.nonNegativeInt());
            case RecordWriter.WORKER_REGISTERED -> new WorkerRegistered(pieces.worker());
            case RecordWriter.TERMS_STARTED -> new TermsStarted(batch(this::start));
            case RecordWriter.LEADERS_ELECTED -> new LeadersElected(batch(this::election));
            case RecordWriter.LEADERS_ESTABLISHED -> new LeadersEstablished(batch(this::establishment));
            case RecordWriter.LEARNERS_CHANGED -> new LearnersChanged(batch(this::learning));
            default -> throw in.unknown("kind of record", code);
        };
    }

    private <T> List<T> batch(Supplier<T> element) {
        return in.list(Limits.MAX_PARTITIONS, 1, from -> element.get());
    }

    private TermsStarted.Start start() {
        return new TermsStarted.Start(in.nonNegativeInt(), in.nonNegative(), in.nonNegative(), pieces.configuration());
    }

    private LeadersElected.Election election() {
        return new LeadersElected.Election(in.nonNegativeInt(), in.nonNegative(), pieces.elected());
    }

    private LeadersEstablished.Establishment establishment() {
        return new LeadersEstablished.Establishment(in.nonNegativeInt(), in.nonNegative());
    }

    private LearnersChanged.Learning learning() {
        return new LearnersChanged.Learning(
                in.nonNegativeInt(), in.nonNegative(), pieces.members(), pieces.optional(pieces::move));
    }
}
