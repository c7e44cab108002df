package io.quorate.core.replica;

import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of a replica's log that is kept in memory, and how much of the log is on this disk.
 *
 * <p>Entries up to {@link #base} have been applied and are not kept any more.
 */
public final class ReplicaLog {
    private LogPosition base;
    private final List<Slot> slots = new ArrayList<>();
    private int head;
    private long baseOffset;
    private long durableIndex;

    /** The bytes of all entries up to this one, from some beginning on, are its offset. */
    private record Slot(Entry entry, long sequence, int bytes, long offset) {}

    ReplicaLog(LogPosition base) {
        this.base = base;
        this.durableIndex = base.index();
    }

    LogPosition base() {
        return base;
    }

    LogPosition last() {
        return size() == 0 ? base : slots.getLast().entry().position();
    }

    /** The last index up to which everything is on this disk. */
    long durableIndex() {
        return durableIndex;
    }

    LogPosition durable() {
        return new LogPosition(termAt(durableIndex), durableIndex);
    }

    /** Estimate of the bytes of the entries in memory. */
    long bytes() {
        return offset(last().index()) - baseOffset;
    }

    /** Estimate of the bytes of the entries after {@code index}, as far as they are in memory. */
    long bytesAfter(long index) {
        return offset(last().index()) - offset(index);
    }

    private long offset(long index) {
        if (index <= base.index()) {
            return baseOffset;
        }
        return slot(Math.min(index, last().index())).offset();
    }

    /** Whether the entry at that index is in memory. */
    boolean holds(long index) {
        return index > base.index() && index <= last().index();
    }

    /** The term of the entry at an index from {@code base} to the last; -1 elsewhere. */
    long termAt(long index) {
        if (index == base.index()) {
            return base.term();
        }
        return holds(index) ? entryAt(index).term() : -1;
    }

    boolean matches(LogPosition position) {
        return termAt(position.index()) == position.term();
    }

    Entry entryAt(long index) {
        return slot(index).entry();
    }

    /** The place in the shared log of the first entry after {@code index}; {@link Long#MAX_VALUE} when there is none. */
    long sequenceAfter(long index) {
        return holds(index + 1) ? slot(index + 1).sequence() : Long.MAX_VALUE;
    }

    /** Entries from {@code first} on, at least one if there is one, until {@code maxBytes}. */
    List<Entry> from(long first, long maxBytes) {
        List<Entry> entries = new ArrayList<>();
        long taken = 0;
        for (long index = first; index <= last().index(); index++) {
            Slot slot = slot(index);
            taken += slot.bytes();
            if (!entries.isEmpty() && taken > maxBytes) {
                break;
            }
            entries.add(slot.entry());
        }
        return entries;
    }

    void append(Entry entry, long sequence) {
        Invariants.check(entry.index() == last().index() + 1, "an entry that leaves a gap");
        Invariants.check(entry.previousTerm() == last().term(), "an entry that follows another log");
        int size = EntrySizes.of(entry);
        slots.add(new Slot(entry, sequence, size, offset(last().index()) + size));
    }

    /** The entry was written once more; from now on this record is the one that counts. */
    void writtenAgain(long index, long sequence) {
        Slot before = slot(index);
        slots.set(place(index), new Slot(before.entry(), sequence, before.bytes(), before.offset()));
    }

    /** Removes the entries from {@code index} on. */
    void truncateFrom(long index) {
        Invariants.check(index > base.index(), "truncation of what was applied");
        while (last().index() >= index && size() > 0) {
            slots.removeLast();
        }
        durableIndex = Math.min(durableIndex, index - 1);
    }

    /** Forgets applied entries, oldest first, while more than {@code retainedBytes} are kept. */
    void trim(long appliedIndex, long retainedBytes) {
        while (bytes() > retainedBytes && size() > 0 && slots.get(head).entry().index() <= appliedIndex) {
            Slot oldest = slots.get(head++);
            baseOffset = oldest.offset();
            base = oldest.entry().position();
        }
        if (head > 64 && head > slots.size() / 2) {
            slots.subList(0, head).clear();
            head = 0;
        }
        durableIndex = Math.max(durableIndex, base.index());
    }

    /** Everything written up to {@code sequence} is on disk; answers whether that moved the durable index. */
    boolean durableUpTo(long sequence) {
        long before = durableIndex;
        while (holds(durableIndex + 1) && slot(durableIndex + 1).sequence() <= sequence) {
            durableIndex++;
        }
        return durableIndex != before;
    }

    /** Starts over behind a snapshot. */
    void reset(LogPosition newBase) {
        slots.clear();
        head = 0;
        baseOffset = 0;
        base = newBase;
        durableIndex = newBase.index();
    }

    private int size() {
        return slots.size() - head;
    }

    private Slot slot(long index) {
        return slots.get(place(index));
    }

    private int place(long index) {
        return head + (int) (index - base.index() - 1);
    }
}
