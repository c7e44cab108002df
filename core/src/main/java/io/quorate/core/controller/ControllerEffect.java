package io.quorate.core.controller;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.message.Message;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What a controller wants done; effects are carried out in their order. */
public sealed interface ControllerEffect {
    /** Propose the command to the metadata log and say later what became of it. */
    record Propose(long proposal, Bytes command) implements ControllerEffect {}

    /** Send orders to a worker; they may be dropped while it is not connected. */
    record SendOrders(String worker, Message.Orders orders) implements ControllerEffect {}

    /** Send the map to these workers; it may be dropped for those not connected. */
    record SendMap(List<String> workers, ClusterMap map) implements ControllerEffect {
        public SendMap {
            workers = List.copyOf(workers);
        }
    }

    /** Answer a heartbeat. */
    record AnswerHeartbeat(long ticket, HeartbeatAnswer answer) implements ControllerEffect {}

    /** Answer a request for other settings: an empty text when it was decided, else why not. */
    record AnswerSetting(long ticket, Optional<String> problem) implements ControllerEffect {}

    /** Keep links to exactly these workers; told on every controller, while it is active. */
    record Connect(SortedMap<String, WorkerAddress> workers) implements ControllerEffect {}

    /** The controller was started with settings that contradict the cluster's: one line that says what to do. */
    record Contradiction(String line) implements ControllerEffect {}

    /** Something happened that a person may want to read in the log. */
    record Note(Weight weight, String line) implements ControllerEffect {
        /** How much it matters. */
        public enum Weight {
            /** All goes as it should. */
            INFO,
            /** Something is wrong, or was done because something was. */
            WARNING
        }
    }
}
