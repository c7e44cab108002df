package io.quorate.simulation;

import io.quorate.core.message.Message;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The links between processes: each message may be late, lost or overtaken, and all but clients' requests repeated: a
 * link never repeats, and what replication sends again it sends by itself.
 */
final class SimulatedNetwork {
    /** A process that takes messages. */
    interface Receiver {
        void receive(String from, Message message);
    }

    private final Timeline time;
    private final Map<String, Receiver> receivers = new TreeMap<>();
    private final TreeSet<String> cut = new TreeSet<>();
    private final Map<String, Long> slow = new TreeMap<>();
    private double loss;
    private double repetition;
    private long maxDelayMicros = 2_000;

    SimulatedNetwork(Timeline time) {
        this.time = time;
    }

    void faults(double lossProbability, double repetitionProbability, long delayMicros) {
        loss = lossProbability;
        repetition = repetitionProbability;
        maxDelayMicros = delayMicros;
    }

    void connect(String process, Receiver receiver) {
        receivers.put(process, receiver);
    }

    void disconnect(String process) {
        receivers.remove(process);
    }

    /** Cuts one direction. */
    void cut(String from, String to) {
        cut.add(from + ">" + to);
    }

    void mend(String from, String to) {
        cut.remove(from + ">" + to);
    }

    /** Messages between the two, in both directions, take up to so long; 0 for as long as others. */
    void slow(String one, String other, long micros) {
        slow.put(one + ">" + other, micros);
        slow.put(other + ">" + one, micros);
        if (micros == 0) {
            slow.remove(one + ">" + other);
            slow.remove(other + ">" + one);
        }
    }

    void healAll() {
        cut.clear();
        slow.clear();
        faults(0, 0, 2_000);
    }

    boolean reaches(String from, String to) {
        return receivers.containsKey(to) && !cut.contains(from + ">" + to);
    }

    void send(String from, String to, Message message) {
        if (cut.contains(from + ">" + to) || time.chance(loss)) {
            return;
        }
        deliverLater(from, to, message);
        boolean once = message instanceof Message.Forward || message instanceof Message.ForwardReply;
        if (!once && time.chance(repetition)) {
            deliverLater(from, to, message);
        }
    }

    private void deliverLater(String from, String to, Message message) {
        long longest = slow.isEmpty() ? 0 : slow.getOrDefault(from + ">" + to, 0L);
        time.within(50, Math.max(longest, maxDelayMicros), () -> {
            Receiver receiver = receivers.get(to);
            if (receiver != null && !cut.contains(from + ">" + to)) {
                time.note(() -> from + " > " + to + "  " + message);
                receiver.receive(from, message);
            }
        });
    }
}
