package io.quorate.simulation;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.replica.AckRule;
import io.quorate.core.replica.AtomicRule;
import io.quorate.core.replica.CommitRule;
import io.quorate.core.replica.ConditionRule;
import io.quorate.core.replica.ExpiryRule;
import io.quorate.core.replica.FreshnessRule;
import io.quorate.core.replica.LeadRule;
import io.quorate.core.replica.LeaseRule;
import io.quorate.core.replica.RecoveryRule;
import io.quorate.core.replica.Rules;
import io.quorate.core.replica.SessionRule;
import io.quorate.core.replica.TruncationRule;
import io.quorate.core.replica.WatchRule;
import java.util.Comparator;
import java.util.Map;

/** The rules of a replica, one of them made wrong. */
final class WrongRules {
    private static final int TOO_LONG = 8;

    private WrongRules() {}

    static Rules of(Plant plant) {
        CommitRule commit = CommitRule.STANDARD;
        LeaseRule lease = LeaseRule.STANDARD;
        AckRule acknowledge = AckRule.STANDARD;
        LeadRule lead = LeadRule.STANDARD;
        TruncationRule truncation = TruncationRule.STANDARD;
        RecoveryRule recovery = RecoveryRule.STANDARD;
        ConditionRule condition = ConditionRule.STANDARD;
        ExpiryRule expiry = ExpiryRule.STANDARD;
        AtomicRule atomic = AtomicRule.STANDARD;
        WatchRule watch = WatchRule.STANDARD;
        FreshnessRule freshness = FreshnessRule.STANDARD;
        SessionRule session = SessionRule.STANDARD;
        // What is wrong outside the replicas is planted where it belongs.
        switch (plant) {
            case COMMIT_WITHOUT_QUORUM ->
                commit = (configuration, self, ownDurable, acknowledged, barrier) ->
                        ownDurable >= barrier ? ownDurable : 0;
            case COMMIT_WITHOUT_OWN_DISK -> commit = WrongRules::withoutOwnDisk;
            case COUNT_OLD_TERM_ENTRIES ->
                commit = (configuration, self, ownDurable, acknowledged, barrier) ->
                        CommitRule.STANDARD.committed(configuration, self, ownDurable, acknowledged, 0);
            case SERVE_BEFORE_BARRIER -> commit = new ServesAtOnce();
            case ACKNOWLEDGE_OLD_SUFFIX -> acknowledge = (confirmed, durable, last) -> durable;
            case ACKNOWLEDGE_BEFORE_SYNC -> acknowledge = (confirmed, durable, last) -> confirmed;
            case READ_WITHOUT_LEASE -> lease = (configuration, self, nowNanos, grants) -> nowNanos;
            case LEASE_LONGER_THAN_PROMISED -> lease = new LongLease();
            case RESTART_FORGETS_LEASE -> lease = new ForgottenLease();
            case LEAD_AGAIN_AFTER_RESTART -> lead = (order, term, incarnation) -> order.term() == term;
            case TRUNCATE_TOO_MUCH -> truncation = (held, sent) -> true;
            case TRUNCATE_TOO_LITTLE -> truncation = (held, sent) -> false;
            case APPLY_BEYOND_COMMIT_AT_RESTART -> recovery = (known, last) -> last;
            case CONDITION_WITHOUT_TAIL -> condition = () -> false;
            case EXPIRY_BY_LOCAL_CLOCK -> expiry = () -> false;
            case BATCH_HALF_APPLIED -> atomic = () -> true;
            case SESSION_FORGETS_LOWEST -> session = (kept, said) -> said;
            case ENDED_SESSION_WRITES -> session = new EndlessSession();
            case WATCH_SKIPS_AT_LEADER_CHANGE -> watch = new BeginsWithItsTerm();
            case WATCH_SHOWS_UNCOMMITTED -> watch = new ShowsAll();
            case WATCH_HIDES_THAT_IT_IS_GONE -> watch = new KeepsAll();
            case FRESH_BY_TIME_ALONE -> freshness = (applied, shown) -> true;
            default -> {}
        }
        return new Rules(
                commit,
                lease,
                acknowledge,
                lead,
                truncation,
                recovery,
                condition,
                expiry,
                atomic,
                watch,
                freshness,
                session);
    }

    private static long withoutOwnDisk(
            Configuration configuration, Member self, long ownDurable, Map<Member, Long> acknowledged, long barrier) {
        if (configuration.writeQuorum() == 1) {
            return CommitRule.STANDARD.committed(configuration, self, ownDurable, acknowledged, barrier);
        }
        long others = acknowledged.values().stream()
                .sorted(Comparator.reverseOrder())
                .skip(configuration.writeQuorum() - 2L)
                .findFirst()
                .orElse(0L);
        return others >= barrier ? others : 0;
    }

    private static final class ServesAtOnce implements CommitRule {
        @Override
        public long committed(
                Configuration configuration,
                Member self,
                long ownDurable,
                Map<Member, Long> acknowledged,
                long barrier) {
            return STANDARD.committed(configuration, self, ownDurable, acknowledged, barrier);
        }

        @Override
        public boolean serves(long commitIndex, long barrier) {
            return true;
        }
    }

    private static final class LongLease implements LeaseRule {
        @Override
        public long confirmedAt(Configuration configuration, Member self, long nowNanos, Map<Member, Long> grants) {
            return STANDARD.confirmedAt(configuration, self, nowNanos, grants);
        }

        @Override
        public boolean holds(long confirmedAt, long nowNanos, long leaseNanos) {
            return STANDARD.holds(confirmedAt, nowNanos, TOO_LONG * leaseNanos);
        }
    }

    private static final class ForgottenLease implements LeaseRule {
        @Override
        public long confirmedAt(Configuration configuration, Member self, long nowNanos, Map<Member, Long> grants) {
            return STANDARD.confirmedAt(configuration, self, nowNanos, grants);
        }

        @Override
        public boolean promisedBeforeStart() {
            return false;
        }
    }

    private static final class EndlessSession implements SessionRule {
        @Override
        public long lowest(long kept, long said) {
            return STANDARD.lowest(kept, said);
        }

        @Override
        public boolean hasEnded(long endsMillis, long logTimeMillis) {
            return false;
        }
    }

    private static final class BeginsWithItsTerm implements WatchRule {
        @Override
        public long after(long seen, long barrier) {
            return Math.max(seen, barrier - 1);
        }
    }

    private static final class ShowsAll implements WatchRule {
        @Override
        public long upTo(long applied, long last) {
            return last;
        }
    }

    private static final class KeepsAll implements WatchRule {
        @Override
        public boolean isKept(long seen, long base) {
            return true;
        }
    }
}
