package io.quorate.core.controller;

import io.quorate.core.cluster.Incarnation;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.Admission.Verdict.Known;
import io.quorate.core.controller.Admission.Verdict.Refuse;
import io.quorate.core.controller.Admission.Verdict.Register;
import io.quorate.core.controller.Admission.Verdict.Wait;
import io.quorate.core.controller.state.ClusterSettings;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.RegisteredWorker;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer.Refused;
import io.quorate.core.message.HeartbeatAnswer.Refused.Kind;
import java.util.Optional;

/** Judges whether the process that sends a heartbeat is the worker that it says it is. */
final class Admission {
    /** What is to be done with a heartbeat. */
    sealed interface Verdict {
        /** It is from the registered process. */
        record Known() implements Verdict {}

        /** Its process is to be registered. */
        record Register(RegisteredWorker worker) implements Verdict {}

        /** It cannot be judged yet. */
        record Wait(String reason) implements Verdict {}

        /** It is refused for good. */
        record Refuse(Refused answer) implements Verdict {}
    }

    private final ClusterState state;
    private final Workers workers;
    private final ControllerSettings settings;
    private final Doubts doubts = new Doubts();

    Admission(ClusterState state, Workers workers, ControllerSettings settings) {
        this.state = state;
        this.workers = workers;
        this.settings = settings;
    }

    Verdict judge(Heartbeat heartbeat, Now now) {
        if (state.cluster().isEmpty()) {
            return new Wait("the cluster is being created");
        }
        if (heartbeat.cluster().isPresent() && !heartbeat.cluster().equals(state.cluster())) {
            return new Refuse(otherCluster(heartbeat));
        }
        Optional<RegisteredWorker> registered = state.worker(heartbeat.worker());
        Verdict verdict = registered
                .map(known -> known.disk().equals(heartbeat.disk())
                        ? sameDisk(heartbeat, known, now)
                        : otherDisk(heartbeat, known, now))
                .orElseGet(() -> fresh(heartbeat));
        if (verdict instanceof Known || verdict instanceof Register) {
            doubts.settled(heartbeat);
        }
        return verdict;
    }

    /** Whether another process claims to be the one that is registered with this incarnation. */
    boolean doubted(Member member, long incarnation) {
        return doubts.doubted(member.worker(), member.disk(), incarnation);
    }

    private Verdict fresh(Heartbeat heartbeat) {
        if (state.workers().size() >= ControllerLimits.MAX_WORKERS) {
            return new Wait("the cluster has " + ControllerLimits.MAX_WORKERS + " workers, the most that it takes");
        }
        return register(heartbeat);
    }

    private Verdict sameDisk(Heartbeat heartbeat, RegisteredWorker known, Now now) {
        boolean sameAddress = heartbeat.address().equals(known.address());
        if (Incarnation.isLater(heartbeat.incarnation(), known.incarnation())) {
            return sameAddress || silent(known, settings.heartbeatTimeoutMillis(), now)
                    ? register(heartbeat)
                    : contested(heartbeat, known, now);
        }
        WorkerWatch watch = workers.watch(known.id(), now);
        boolean goesOn = watch.incarnation != heartbeat.incarnation() || heartbeat.sequence() > watch.sequence;
        if (heartbeat.incarnation() == known.incarnation() && sameAddress && goesOn) {
            return new Known();
        }
        return doubts.surely(heartbeat, now)
                ? new Refuse(oldCopy(heartbeat))
                : new Wait("this incarnation of the disk was seen before");
    }

    private Verdict otherDisk(Heartbeat heartbeat, RegisteredWorker known, Now now) {
        long last = state.incarnationOf(member(heartbeat));
        boolean usedUp = last > 0 && !Incarnation.isLater(heartbeat.incarnation(), last);
        if (usedUp) {
            return doubts.surely(heartbeat, now)
                    ? new Refuse(duplicate(heartbeat, known))
                    : new Wait("the id has another disk by now");
        }
        long silence = heartbeat.address().equals(known.address())
                ? ControllerLimits.SAME_ADDRESS_SILENCE_MILLIS
                : settings.heartbeatTimeoutMillis();
        return silent(known, silence, now) ? register(heartbeat) : contested(heartbeat, known, now);
    }

    /** Refused once the first was heard after the second; until then the first may just have ended. */
    private Verdict contested(Heartbeat heartbeat, RegisteredWorker known, Now now) {
        doubts.surely(heartbeat, now);
        WorkerWatch first = workers.watch(known.id(), now);
        boolean heardSince = first.up() && first.silentSinceNanos - doubts.firstNanos(heartbeat, now) > 0;
        return heardSince
                ? new Refuse(duplicate(heartbeat, known))
                : new Wait("a worker " + known.id() + " at " + known.address().http()
                        + " was heard a moment ago: waiting until it is surely gone");
    }

    private boolean silent(RegisteredWorker known, long millis, Now now) {
        WorkerWatch watch = workers.watch(known.id(), now);
        return watch.down() || watch.silentFor(millis, now);
    }

    /** The process is new; its WRITE_QUORUM must not contradict the cluster's. */
    private Verdict register(Heartbeat heartbeat) {
        ClusterSettings cluster = state.settings().orElseThrow();
        Optional<Integer> wanted = heartbeat.writeQuorum();
        if (wanted.isPresent()) {
            Optional<Integer> stored = cluster.writeQuorum();
            if (stored.isPresent() && !stored.equals(wanted)) {
                return new Refuse(otherSettings("WRITE_QUORUM is " + wanted.get()
                        + " here, but the cluster keeps WRITE_QUORUM " + stored.get()
                        + ": leave it out, or change the cluster with \"quorate config set write-quorum "
                        + wanted.get() + "\""));
            }
            if (!ClusterSettings.isValid(cluster.replicas(), wanted.get())) {
                return new Refuse(otherSettings("WRITE_QUORUM is " + wanted.get()
                        + " here, but it must be 1 to REPLICAS, which is " + cluster.replicas()
                        + ": set another, or change the cluster with \"quorate config set replicas "
                        + Math.max(1, wanted.get()) + "\""));
            }
        }
        return new Register(new RegisteredWorker(
                heartbeat.worker(), heartbeat.disk(), heartbeat.incarnation(), heartbeat.address(), heartbeat.zone()));
    }

    private Refused otherCluster(Heartbeat heartbeat) {
        String theirs = heartbeat.cluster().orElseThrow().toString();
        String ours = state.cluster().orElseThrow().toString();
        String line = state.workers().isEmpty()
                ? "the disk of " + heartbeat.worker() + " belongs to cluster " + theirs
                        + ", of which this controller knows nothing; it is new and adopts nothing: start it on the data"
                        + " folder of that cluster's controller, or point CONTROLLER at the right one"
                : "the disk of " + heartbeat.worker() + " belongs to cluster " + theirs
                        + ", this controller keeps cluster " + ours
                        + ": point CONTROLLER at the right one, or start the worker on an empty data folder";
        return new Refused(Kind.OTHER_CLUSTER, line);
    }

    private static Refused oldCopy(Heartbeat heartbeat) {
        return new Refused(
                Kind.OLD_COPY,
                "the disk of " + heartbeat.worker() + " is an old copy: its start "
                        + Incarnation.starts(heartbeat.incarnation())
                        + " was seen before; what it holds has no vote any more");
    }

    private static Refused duplicate(Heartbeat heartbeat, RegisteredWorker known) {
        return new Refused(
                Kind.DUPLICATE_ID,
                "a worker " + known.id() + " runs at " + known.address().http() + ", so the one at "
                        + heartbeat.address().http() + " is refused: give it another ID");
    }

    private static Refused otherSettings(String line) {
        return new Refused(Kind.OTHER_SETTINGS, line);
    }

    private static Member member(Heartbeat heartbeat) {
        return new Member(heartbeat.worker(), heartbeat.disk());
    }
}
