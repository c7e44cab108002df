package io.quorate.core.controller;

import io.quorate.api.Bytes;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.port.ControllerService.SettingChange;
import java.util.List;
import java.util.Optional;

/** What a controller is told. */
public sealed interface ControllerInput {
    /** A heartbeat; it is answered with the ticket, sometimes only after a decision. */
    record HeartbeatArrived(long ticket, Heartbeat heartbeat) implements ControllerInput {}

    /** What a worker answers to orders. */
    record AnswersArrived(String worker, List<OrderAnswer> answers) implements ControllerInput {
        public AnswersArrived {
            answers = List.copyOf(answers);
        }
    }

    /** Time passed; comes every {@link ControllerLimits#TICK_MILLIS}. */
    record Tick() implements ControllerInput {}

    /**
     * The metadata log committed a command, as {@link MetadataLog.Listener#applied} says it.
     *
     * @param index its place
     * @param epoch the leadership in which the log took it
     */
    record Committed(long index, long epoch, Bytes command) implements ControllerInput {}

    /** The metadata log replaced everything up to {@code index} by a state. */
    record Restored(long index, Bytes snapshot) implements ControllerInput {}

    /** The metadata log has handed over everything that was committed when this process came to it. */
    record CaughtUp() implements ControllerInput {}

    /** Whether this controller decides has changed. */
    record ActivityChanged(MetadataLog.Activity activity, Optional<String> activeController)
            implements ControllerInput {}

    /** What became of a proposal; if it was committed, {@link Committed} came before. */
    record ProposalDecided(long proposal, MetadataLog.ProposalOutcome outcome) implements ControllerInput {}

    /** How the link to a worker's peer port stands. */
    record LinkChanged(String worker, Link link) implements ControllerInput {
        /** How a link stands. */
        public enum Link {
            /** Messages flow. */
            CONNECTED,
            /** It was lost, or could not be made. */
            DISCONNECTED,
            /** Nothing listens there. */
            REFUSED
        }
    }

    /** A person wants other settings; answered with the ticket. */
    record SettingRequested(long ticket, SettingChange change) implements ControllerInput {}
}
