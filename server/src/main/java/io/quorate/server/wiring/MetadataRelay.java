package io.quorate.server.wiring;

import io.quorate.api.Bytes;
import io.quorate.core.controller.ControllerInput;
import io.quorate.core.controller.MetadataLog;
import io.quorate.core.controller.state.ClusterState;
import io.quorate.core.controller.state.MetadataCodecV1;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings what the metadata log says to the controller's event loop, in order.
 *
 * <p>The log asks for snapshots on its own thread, so the relay keeps a state of its own there, made of the same
 * commands.
 */
final class MetadataRelay implements MetadataLog.Listener {
    private final Consumer<ControllerInput> inputs;
    private final Function<String, Optional<String>> httpAddressOf;
    private ClusterState state = new ClusterState();

    /**
     * @param inputs takes inputs from any thread and hands them to the event loop in order
     * @param httpAddressOf a controller's HTTP address by its id
     */
    MetadataRelay(Consumer<ControllerInput> inputs, Function<String, Optional<String>> httpAddressOf) {
        this.inputs = inputs;
        this.httpAddressOf = httpAddressOf;
    }

    @Override
    public void applied(long index, long epoch, Bytes command) {
        var _ = state.apply(MetadataCodecV1.decodeCommand(command), epoch);
        inputs.accept(new ControllerInput.Committed(index, epoch, command));
    }

    @Override
    public void restored(long index, Bytes snapshot) {
        state = MetadataCodecV1.decodeState(snapshot);
        inputs.accept(new ControllerInput.Restored(index, snapshot));
    }

    @Override
    public Bytes snapshot() {
        return MetadataCodecV1.encode(state);
    }

    @Override
    public void activityChanged(MetadataLog.Activity activity) {
        inputs.accept(new ControllerInput.ActivityChanged(
                activity, activity.activeControllerId().flatMap(httpAddressOf)));
    }
}
