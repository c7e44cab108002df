package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.core.controller.state.Changes;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.MetadataCodecV1;
import io.quorate.core.controller.state.PartitionState;
import java.util.HashMap;
import java.util.Map;

/** What the controllers have decided for good: the committed commands applied as any of them applies them. */
final class Decisions {
    private final Simulation world;
    private final ClusterState state = new ClusterState();
    private final Map<Integer, PartitionState> before = new HashMap<>();

    Decisions(Simulation world) {
        this.world = world;
    }

    ClusterState state() {
        return state;
    }

    void committed(Bytes command, long epoch) {
        Changes changes = state.apply(MetadataCodecV1.decodeCommand(command), epoch);
        if (changes.settingsChanged() && !state.partitions().isEmpty()) {
            world.coverage().happened(Coverage.Happening.SETTINGS_CHANGED);
        }
        changes.partitions().stream().forEach(number -> {
            state.partition(number).ifPresent(now -> {
                PartitionState was = before.put(number, now);
                if (was != null) {
                    compare(was, now);
                }
            });
            world.durability().check(number);
        });
        world.afterDecision();
    }

    private void compare(PartitionState was, PartitionState now) {
        Coverage coverage = world.coverage();
        if (now.term() > was.term() && was.elected().isEmpty()) {
            coverage.happened(Coverage.Happening.TERM_WITHOUT_LEADER);
        }
        if (now.term() > was.term() && was.elected().isPresent() && !was.established()) {
            coverage.happened(Coverage.Happening.LEADER_NEVER_ESTABLISHED);
        }
        if (was.move().isPresent() && now.move().isEmpty()) {
            coverage.happened(
                    now.established() && was.inLastPhase()
                            ? Coverage.Happening.REPLACEMENT_DONE
                            : Coverage.Happening.REPLACEMENT_ABORTED);
        }
    }
}
