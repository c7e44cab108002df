package io.quorate.core.controller;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.ControllerInput.LinkChanged.Link;
import io.quorate.core.controller.WorkerWatch.Condition;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.Elected;
import io.quorate.core.controller.state.RegisteredWorker;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Who is alive, as far as an active controller knows.
 *
 * <p>Silence counts only while this controller ran itself: after it became active, and after its own loop was late, it
 * suspects nobody for silence until one HEARTBEAT_TIMEOUT has passed. Refused connections that others report are
 * evidence of their own and count at any time.
 */
final class Workers {
    private static final int FEW_OTHERS = 2;

    private final ControllerSettings settings;
    private final SortedMap<String, WorkerWatch> watches = new TreeMap<>();
    private final ClusterState state;
    private long graceStartNanos;

    /**
     * @param links how the links stand by now
     */
    Workers(ControllerSettings settings, ClusterState state, Map<String, Link> links, Now now) {
        this.settings = settings;
        this.state = state;
        this.graceStartNanos = now.monotonicNanos();
        state.workers().keySet().forEach(id -> watch(id, now).link = links.getOrDefault(id, Link.DISCONNECTED));
    }

    /** This controller did not run for a while: that nobody was heard in that time means nothing. */
    void late(long lateNanos, Now now) {
        graceStartNanos = now.monotonicNanos();
        for (WorkerWatch watch : watches.values()) {
            watch.detector.reset(now.monotonicNanos());
            watch.silentSinceNanos += Math.min(lateNanos, now.monotonicNanos() - watch.silentSinceNanos);
            watch.unreachable.clear();
            watch.stalled.clear();
        }
    }

    /** What was heard of the worker. */
    WorkerWatch watch(String id, Now now) {
        return watches.computeIfAbsent(id, added -> new WorkerWatch(added, settings.heartbeatIntervalMillis(), now));
    }

    /** What was heard of the worker, if it is registered. */
    Optional<WorkerWatch> known(String id) {
        return Optional.ofNullable(watches.get(id));
    }

    Collection<WorkerWatch> all() {
        return watches.values();
    }

    /** Looks at every worker and answers those of which it thinks otherwise than before. */
    SortedSet<String> check(Now now) {
        SortedSet<String> changed = new TreeSet<>();
        for (WorkerWatch watch : watches.values()) {
            change(watch, judge(watch, now), now, changed);
        }
        return changed;
    }

    /** The worker was heard just now. */
    SortedSet<String> heard(WorkerWatch watch, Now now) {
        SortedSet<String> changed = new TreeSet<>();
        change(watch, refused(watch, now) ? Condition.SUSPECTED : Condition.UP, now, changed);
        return changed;
    }

    private void change(WorkerWatch watch, Condition next, Now now, SortedSet<String> changed) {
        if (next == watch.condition) {
            return;
        }
        if (next == Condition.UP) {
            watch.upSinceNanos = now.monotonicNanos();
        }
        watch.condition = next;
        changed.add(watch.id);
    }

    /** Silence and refusals make it worse; only a heartbeat makes it better. */
    private Condition judge(WorkerWatch watch, Now now) {
        if (watch.down() || watch.silentFor(settings.heartbeatTimeoutMillis(), now)) {
            return Condition.DOWN;
        }
        boolean graceOver = Elapsed.since(graceStartNanos, settings.heartbeatTimeoutMillis(), now);
        boolean silent =
                watch.up() && graceOver && watch.detector.phi(now.monotonicNanos()) >= ControllerLimits.SUSPICION_PHI;
        return silent || refused(watch, now) ? Condition.SUSPECTED : watch.condition;
    }

    /** Two refused it, this controller among the witnesses; one is enough where there are hardly more. */
    private boolean refused(WorkerWatch watch, Now now) {
        if (watch.justStarted(now)) {
            return false;
        }
        int witnesses = watch.link == Link.REFUSED ? 1 : 0;
        int others = 0;
        for (WorkerWatch other : watches.values()) {
            if (other == watch || !other.up()) {
                continue;
            }
            others++;
            witnesses += other.unreachable.contains(watch.id) ? 1 : 0;
        }
        boolean oneIsEnough = others <= FEW_OTHERS && watch.link != Link.CONNECTED;
        return witnesses >= 2 || (witnesses == 1 && oneIsEnough);
    }

    /** Whether the worker's present disk is the member's. */
    boolean onItsDisk(Member member) {
        return state.worker(member.worker())
                .map(worker -> worker.member().equals(member))
                .orElse(false);
    }

    /** The member that the worker is on its present disk. */
    Optional<Member> memberOf(String worker) {
        return state.worker(worker).map(RegisteredWorker::member);
    }

    /** Whether the process that was elected still is the worker's present one. */
    boolean is(Elected elected) {
        return state.worker(elected.leader().worker())
                .filter(worker -> worker.member().equals(elected.leader()))
                .filter(worker -> worker.incarnation() == elected.incarnation())
                .isPresent();
    }

    /** Whether what the member's worker has not reported it does not hold. */
    boolean reportedFully(Member member) {
        return onItsDisk(member) && is(member.worker(), watch -> watch.fullReport);
    }

    /** Whether the member is on its disk and its worker is heard. */
    boolean alive(Member member) {
        return onItsDisk(member) && is(member.worker(), WorkerWatch::up);
    }

    /** Whether the member is alive and nothing speaks against it as a leader. */
    boolean good(Member member) {
        return onItsDisk(member) && is(member.worker(), WorkerWatch::good);
    }

    /** Whether the member is to be replaced: its disk is no longer its worker's, or its worker is down. */
    boolean lost(Member member) {
        return !onItsDisk(member) || is(member.worker(), WorkerWatch::down);
    }

    /** Whether so many members are alive that the configuration can commit. */
    boolean canWork(Configuration configuration) {
        return configuration.members().stream().filter(this::alive).count() >= configuration.writeQuorum();
    }

    /** The workers that can be given more to carry. */
    List<RegisteredWorker> goodOnes() {
        return state.workers().values().stream()
                .filter(worker -> good(worker.member()))
                .toList();
    }

    private boolean is(String worker, Predicate<WorkerWatch> condition) {
        WorkerWatch watch = watches.get(worker);
        return watch != null && condition.test(watch);
    }

    int up() {
        return (int) watches.values().stream().filter(WorkerWatch::up).count();
    }
}
