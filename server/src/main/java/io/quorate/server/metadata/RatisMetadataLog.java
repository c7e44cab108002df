package io.quorate.server.metadata;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog;
import io.quorate.core.controller.MetadataLog.ProposalOutcome.Refused;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.ratis.protocol.ClientId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata log on one Apache Ratis group, of which this is one member.
 *
 * <p>A controller is announced as active when the first entry of its own epoch, which Ratis itself writes, has been
 * applied: everything that was committed before is then applied too.
 */
public final class RatisMetadataLog implements MetadataLog {
    private static final Logger LOG = LoggerFactory.getLogger(RatisMetadataLog.class);

    private final MetadataLogSettings settings;
    private final Consumer<Throwable> onFailure;
    private final MetadataFolder folder;
    private final ListenerThread listenerThread;
    private final Leadership leadership;
    private final GroupMember member;
    private final Proposer proposer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean failed = new AtomicBoolean();

    private RatisMetadataLog(
            MetadataLogSettings settings, Listener listener, Consumer<Throwable> onFailure, MetadataFolder folder)
            throws IOException {
        this.settings = settings;
        this.onFailure = onFailure;
        this.folder = folder;
        this.listenerThread = new ListenerThread(settings.controllerId(), this::fail);
        this.leadership = new Leadership(listener, listenerThread, settings.controllerId());
        OpenProposals open =
                new OpenProposals(MetadataLogLimits.MAX_OPEN_PROPOSALS, MetadataLogLimits.MAX_OPEN_PROPOSAL_BYTES);
        ClientId clientId = ClientId.randomId();
        MetadataStateMachine stateMachine =
                new MetadataStateMachine(listener, listenerThread, open, clientId, leadership, this::fail);
        this.member = GroupMember.start(settings, folder.storage(), stateMachine, clientId);
        this.proposer = new Proposer(
                settings.controllerId(),
                open,
                member::submit,
                listenerThread,
                () -> activity().activeControllerId());
        leadership.joined(member.info());
    }

    /**
     * Opens the log in its folder, creating it the first time, and takes part in the group.
     *
     * <p>When this returns, the listener has been given the newest snapshot if there is one; entries and changes of
     * leadership follow.
     *
     * @param onFailure called once, on any thread, if the log cannot go on (the disk failed, the listener threw): the
     *     process should end
     * @throws MetadataLogRefused when the folder belongs to another group, is in use or damaged, or the port is taken
     */
    public static RatisMetadataLog open(MetadataLogSettings settings, Listener listener, Consumer<Throwable> onFailure)
            throws MetadataLogRefused {
        try {
            MetadataFolder folder = MetadataFolder.open(settings);
            try {
                TornTail.cut(folder.storage());
                return new RatisMetadataLog(settings, listener, onFailure, folder);
            } catch (IOException | RuntimeException refused) {
                folder.close();
                throw refused;
            }
        } catch (IOException refused) {
            throw MetadataLogRefused.because(refused, settings);
        }
    }

    @Override
    public void propose(Bytes command, Consumer<ProposalOutcome> whenDecided) {
        Activity now = activity();
        if (ended()) {
            whenDecided.accept(new Refused(Refusal.CLOSED, Optional.empty()));
        } else if (command.length() > MetadataLogLimits.MAX_COMMAND_BYTES) {
            whenDecided.accept(new Refused(Refusal.TOO_LARGE, now.activeControllerId()));
        } else if (!now.active()) {
            whenDecided.accept(new Refused(Refusal.NOT_ACTIVE, now.activeControllerId()));
        } else {
            proposer.propose(command, whenDecided);
        }
    }

    @Override
    public boolean caughtUp() {
        return activity().active() || (!ended() && member.caughtUp());
    }

    private boolean ended() {
        return closed.get() || failed.get();
    }

    @Override
    public Activity activity() {
        Activity now = leadership.current();
        return ended() ? new Activity(false, now.epoch(), Optional.empty()) : now;
    }

    @Override
    public void stepDown() {
        if (!settings.alone() && activity().active()) {
            member.handOver();
        }
    }

    private void fail(Throwable cause) {
        if (!closed.get() && failed.compareAndSet(false, true)) {
            LOG.error("The metadata log of controller {} cannot go on", settings.controllerId(), cause);
            onFailure.accept(cause);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        proposer.stop();
        try {
            member.close();
            proposer.decideRest();
            if (!listenerThread.close(MetadataLogLimits.CLOSE_TIMEOUT_MILLIS)) {
                LOG.warn("The listener of controller {}'s metadata log is still at work", settings.controllerId());
            }
            folder.close();
        } catch (IOException unclean) {
            LOG.warn("Controller {}'s metadata log was not closed cleanly", settings.controllerId(), unclean);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
