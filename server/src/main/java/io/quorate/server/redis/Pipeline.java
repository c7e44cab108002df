package io.quorate.server.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one connection that are not answered yet.
 *
 * <p>They are answered in their order. Of those that are about one partition, one is done after the other; those about
 * different ones are done at the same time. Used on the event loop alone.
 */
final class Pipeline {
    /** Begins what a command is to do; is to answer once. */
    interface Work {
        /** Begins it. */
        void begin(Consumer<Reply> whenDone);
    }

    /**
     * A command and its answer.
     *
     * @param version of the protocol that the client spoke when it sent the command
     */
    record Answered(Reply reply, int version) {}

    private static final class Slot {
        private final int version;
        private final int bytes;
        private final Set<Integer> partitions;
        private final @Nullable Work work;
        private int waitsFor;
        private Optional<Reply> reply = Optional.empty();

        Slot(int version, int bytes, Set<Integer> partitions, @Nullable Work work) {
            this.version = version;
            this.bytes = bytes;
            this.partitions = partitions;
            this.work = work;
        }
    }

    private final RedisLimits limits;
    private final BooleanSupplier mayBegin;
    private final Consumer<Answered> out;
    private final Deque<Slot> slots = new ArrayDeque<>();
    private final Map<Integer, Deque<Slot>> byPartition = new HashMap<>();
    private final Deque<Slot> ready = new ArrayDeque<>();
    private @Nullable Slot alone;
    private boolean aloneHasBegun;
    private int running;
    private long waitingBytes;
    /** Of answers that wait for those before them. */
    private long heldBytes;

    private boolean isGoingOn;

    /**
     * @param mayBegin whether the client takes its answers
     * @param out given the answers in order
     */
    Pipeline(RedisLimits limits, BooleanSupplier mayBegin, Consumer<Answered> out) {
        this.limits = limits;
        this.mayBegin = mayBegin;
        this.out = out;
    }

    /** Whether another command can be added. */
    boolean takesMore() {
        return alone == null
                && slots.size() < limits.waitingCommands()
                && waitingBytes < limits.waitingBytes()
                && mayBegin.getAsBoolean();
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /** Adds a command whose answer is known. */
    void answer(Reply reply, int version) {
        Slot slot = new Slot(version, 0, Set.of(), null);
        slot.reply = Optional.of(reply);
        slots.addLast(slot);
        goOn();
    }

    /** Adds a command about some partitions, at least one. */
    void add(Set<Integer> partitions, int version, int bytes, Work work) {
        Slot slot = new Slot(version, bytes, partitions, work);
        slots.addLast(slot);
        waitingBytes += bytes;
        for (int partition : partitions) {
            Deque<Slot> queue = byPartition.computeIfAbsent(partition, _ -> new ArrayDeque<>(2));
            slot.waitsFor += queue.isEmpty() ? 0 : 1;
            queue.addLast(slot);
        }
        if (slot.waitsFor == 0) {
            ready.addLast(slot);
        }
        goOn();
    }

    /** Adds a command that is done alone: after all before it, and before any that comes then. */
    void addAlone(int version, int bytes, Work work) {
        Slot slot = new Slot(version, bytes, Set.of(), work);
        slots.addLast(slot);
        waitingBytes += bytes;
        alone = slot;
        aloneHasBegun = false;
        goOn();
    }

    /** Something may have become possible. */
    void goOn() {
        if (isGoingOn) {
            return;
        }
        isGoingOn = true;
        try {
            boolean moved = true;
            while (moved) {
                moved = answerFirst() || beginAlone() || beginNext();
            }
        } finally {
            isGoingOn = false;
        }
    }

    private boolean answerFirst() {
        Slot first = slots.peekFirst();
        if (first == null || first.reply.isEmpty()) {
            return false;
        }
        slots.removeFirst();
        heldBytes -= first.work == null ? 0 : bytes(first.reply.get());
        waitingBytes -= first.bytes;
        if (first == alone) {
            alone = null;
        }
        out.accept(new Answered(first.reply.get(), first.version));
        return true;
    }

    private static long bytes(Reply reply) {
        return switch (reply) {
            case Reply.Bulk(var bytes) -> bytes.length();
            case Reply.Many(var items) ->
                items.stream().mapToLong(Pipeline::bytes).sum();
            case Reply.Simple _,
                    Reply.Failure _,
                    Reply.Whole _,
                    Reply.Text _,
                    Reply.Nothing _,
                    Reply.NoneOfThem _,
                    Reply.Pairs _ -> 0;
        };
    }

    private boolean beginAlone() {
        Slot waiting = alone;
        if (waiting == null || aloneHasBegun || slots.peekFirst() != waiting || !mayBegin.getAsBoolean()) {
            return false;
        }
        aloneHasBegun = true;
        begin(waiting);
        return true;
    }

    private boolean beginNext() {
        if (ready.isEmpty() || running >= limits.runningCommands() || !mayBegin.getAsBoolean()) {
            return false;
        }
        Slot next = ready.peekFirst();
        if (heldBytes >= limits.replyBytes()) {
            // Answers pile up behind the first command: it alone may begin.
            next = slots.peekFirst();
        }
        if (next == null || !ready.remove(next)) {
            return false;
        }
        begin(next);
        return true;
    }

    private void begin(Slot slot) {
        Work work = slot.work;
        if (work != null) {
            running++;
            work.begin(reply -> done(slot, reply));
        }
    }

    private void done(Slot slot, Reply reply) {
        running--;
        slot.reply = Optional.of(reply);
        heldBytes += bytes(reply);
        for (int partition : slot.partitions) {
            Deque<Slot> queue = byPartition.get(partition);
            if (queue != null && queue.removeFirst() == slot) {
                next(partition, queue);
            }
        }
        goOn();
    }

    private void next(int partition, Deque<Slot> queue) {
        Slot next = queue.peekFirst();
        if (next == null) {
            byPartition.remove(partition);
        } else if (--next.waitsFor == 0) {
            ready.addLast(next);
        }
    }
}
