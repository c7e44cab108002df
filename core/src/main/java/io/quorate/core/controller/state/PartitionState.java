package io.quorate.core.controller.state;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was decided about one partition; every change makes a new one.
 *
 * @param partition its number
 * @param term the greatest term started, from 1
 * @param configuration of {@code term}
 * @param elected the leader of {@code term}, as far as one was elected
 * @param establishedTerm the greatest term whose leader is known to have committed its barrier; 0 for none
 * @param kept the configuration established last and that of every later term in which a leader was elected, in order
 *     of terms: every election fences them all
 * @param learners who is fed without counting
 * @param move the replacement under way; in its last phase {@code configuration} is its target
 */
public record PartitionState(
        int partition,
        long term,
        Configuration configuration,
        Optional<Elected> elected,
        long establishedTerm,
        List<KeptConfiguration> kept,
        List<Member> learners,
        Optional<Move> move) {
    public PartitionState {
        kept = List.copyOf(kept);
        learners = List.copyOf(learners);
    }

    /** The partition with its first term, before anything was ever written. */
    static PartitionState first(int partition, long term, Configuration configuration) {
        return new PartitionState(
                partition, term, configuration, Optional.empty(), 0, List.of(), List.of(), Optional.empty());
    }

    /**
     * After a greater term was started; the term before leaves something behind only if it had a leader.
     * Action {@code StartTerm}.
     */
    PartitionState startTerm(long newTerm, Configuration next) {
        boolean aborted = inLastPhase() && !next.equals(configuration);
        List<Member> stillLearning = aborted
                ? List.of()
                : learners.stream().filter(learner -> !next.contains(learner)).toList();
        return new PartitionState(
                partition,
                newTerm,
                next,
                Optional.empty(),
                establishedTerm,
                kept,
                stillLearning,
                aborted ? Optional.empty() : move);
    }

    /**
     * After a leader was elected in the greatest term. Of equal configurations that are not established the last one
     * says it all: a fence asks the same of each, and only the leader elected last can answer for all.
     */
    PartitionState elect(Elected leader) {
        List<KeptConfiguration> more = new ArrayList<>(kept);
        more.removeIf(earlier ->
                earlier.term() > establishedTerm && earlier.configuration().equals(configuration));
        more.add(new KeptConfiguration(term, configuration, leader));
        return new PartitionState(
                partition, term, configuration, Optional.of(leader), establishedTerm, more, learners, move);
    }

    /**
     * After the leader of the greatest term committed its barrier: only its configuration is kept.
     * Action {@code Establish}.
     */
    PartitionState establish() {
        return new PartitionState(
                partition,
                term,
                configuration,
                elected,
                term,
                List.of(kept.getLast()),
                learners,
                inLastPhase() ? Optional.empty() : move);
    }

    /** After the learners and the move that they are for changed. */
    PartitionState learn(List<Member> newLearners, Optional<Move> newMove) {
        return new PartitionState(partition, term, configuration, elected, establishedTerm, kept, newLearners, newMove);
    }

    /** Whether the leader of the greatest term has committed its barrier. */
    public boolean established() {
        return establishedTerm == term;
    }

    /** Whether the configuration is already the one that the move leads to. */
    public boolean inLastPhase() {
        return move.map(under -> under.target().equals(configuration)).orElse(false);
    }

    /** Whether learners are being prepared for a later configuration. */
    public boolean inLearningPhase() {
        return move.isPresent() && !inLastPhase();
    }

    /** Whether the member may hold something that is needed, or is to hold it soon. */
    public boolean needs(Member member) {
        return configuration.contains(member) || keeps(member) || learners.contains(member);
    }

    /** Whether the member belongs to a kept configuration. */
    public boolean keeps(Member member) {
        return kept.stream().anyMatch(each -> each.configuration().contains(member));
    }

    /** Everybody whom a fence of {@code term} is sent to. */
    public SortedSet<Member> fenced() {
        SortedSet<Member> members = new TreeSet<>(Members.ORDER);
        members.addAll(configuration.members());
        kept.forEach(each -> members.addAll(each.configuration().members()));
        return members;
    }

    /** Every member that appears in it, whatever for. */
    public SortedSet<Member> everybody() {
        SortedSet<Member> members = fenced();
        members.addAll(learners);
        move.ifPresent(under -> members.addAll(under.target().members()));
        return members;
    }
}
