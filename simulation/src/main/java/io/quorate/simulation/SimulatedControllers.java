package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.Now;
import io.quorate.core.controller.ControllerInput;
import io.quorate.core.controller.MetadataLog.Activity;
import io.quorate.core.controller.MetadataLog.ProposalOutcome;
import io.quorate.core.controller.MetadataLog.Refusal;
import io.quorate.core.controller.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The controllers and their metadata log, which never loses what it committed.
 *
 * <p>One controller is active. When another becomes active, what the first had proposed is either committed before or
 * refused, as in a log that is replicated by consensus.
 */
final class SimulatedControllers {
    private static final long ELECTION_NANOS = 700 * Now.NANOS_PER_MILLI;

    /** One committed command. */
    record Command(long index, long epoch, Bytes bytes) {}

    private final Simulation world;
    private final Timeline time;
    private final Decisions decisions;
    private final List<SimulatedController> controllers = new ArrayList<>();
    private final List<Command> committed = new ArrayList<>();
    private long epoch = 1;
    private Optional<SimulatedController> active = Optional.empty();

    SimulatedControllers(Simulation world, int count, Simulation.Shape shape) {
        this.world = world;
        this.time = world.time;
        this.decisions = new Decisions(world);
        for (int i = 1; i <= count; i++) {
            controllers.add(new SimulatedController("c" + i, world, this, shape));
        }
        controllers.forEach(SimulatedController::start);
        activate(controllers.getFirst());
    }

    List<SimulatedController> all() {
        return controllers;
    }

    /** The one that decides, while there is one. */
    Optional<SimulatedController> active() {
        return active;
    }

    /** What was decided for good. */
    ClusterState decided() {
        return decisions.state();
    }

    List<Command> committed() {
        return committed;
    }

    void propose(SimulatedController proposer, long proposal, Bytes command) {
        long proposedIn = epoch;
        time.within(200, 5_000, () -> {
            boolean still = active.filter(proposer::equals).isPresent() && epoch == proposedIn;
            boolean late = !still && epoch == proposedIn + 1 && active.isEmpty() && time.chance(0.5);
            if (still || late) {
                Command entry = new Command(committed.size() + 1L, proposedIn, command);
                committed.add(entry);
                decisions.committed(command, proposedIn);
                controllers.forEach(
                        controller -> controller.catchUp(time.random().nextLong(50, 3_000)));
                proposer.later(
                        3_000,
                        new ControllerInput.ProposalDecided(proposal, new ProposalOutcome.Committed(entry.index())));
            } else if (world.isPlanted(Plant.TWO_CONTROLLERS_DECIDE)) {
                proposer.alone(new Command(committed.size() + 1L, proposedIn, command), proposal);
            } else {
                proposer.later(
                        100,
                        new ControllerInput.ProposalDecided(
                                proposal, new ProposalOutcome.Refused(Refusal.NOT_ACTIVE, Optional.empty())));
            }
        });
    }

    /** The active controller is gone, or thought to be: another one is elected if there is one. */
    void failOver() {
        epoch++;
        Optional<SimulatedController> before = active;
        active = Optional.empty();
        long heardAfterMicros =
                time.random().nextLong(100, world.isPlanted(Plant.TWO_CONTROLLERS_DECIDE) ? 8_000_000 : 400_000);
        before.ifPresent(old -> old.later(
                heardAfterMicros,
                new ControllerInput.ActivityChanged(new Activity(false, epoch, Optional.empty()), Optional.empty())));
        long electedIn = epoch;
        time.after(ELECTION_NANOS, () -> {
            if (electedIn == epoch) {
                List<SimulatedController> up =
                        controllers.stream().filter(SimulatedController::isUp).toList();
                if (up.isEmpty()) {
                    failOver();
                } else {
                    activate(up.get(time.random().nextInt(up.size())));
                }
            }
        });
    }

    private void activate(SimulatedController controller) {
        active = Optional.of(controller);
        controller.catchUp(1);
        controller.later(
                2,
                new ControllerInput.ActivityChanged(
                        new Activity(true, epoch, Optional.of(controller.id)), Optional.of(controller.id)));
    }
}
