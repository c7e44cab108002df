package io.quorate.server.metadata;

import io.quorate.api.Bytes;
import io.quorate.core.controller.MetadataLog.Listener;
import io.quorate.server.metadata.SnapshotFormatV1.Snapshot;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;

/**
 * Passes what the group commits on to the listener, entry by entry, and its state into snapshots and back.
 *
 * <p>Ratis applies entries and takes snapshots on one thread; that thread waits here for the listener's. A snapshot
 * that another controller sent arrives on a third one: {@link #pause} waits until no own snapshot is being written,
 * because the folder that it is written to is then exchanged.
 */
final class MetadataStateMachine extends BaseStateMachine {
    private final Listener listener;
    private final ListenerThread listenerThread;
    private final OpenProposals openProposals;
    private final ClientId ownProposals;
    private final Leadership leadership;
    private final Consumer<Throwable> onFailure;
    private final SnapshotFiles snapshots = new SnapshotFiles();
    private final Object snapshotLock = new Object();
    private long lastConfigurationTerm;

    MetadataStateMachine(
            Listener listener,
            ListenerThread listenerThread,
            OpenProposals openProposals,
            ClientId ownProposals,
            Leadership leadership,
            Consumer<Throwable> onFailure) {
        this.listener = listener;
        this.listenerThread = listenerThread;
        this.openProposals = openProposals;
        this.ownProposals = ownProposals;
        this.leadership = leadership;
        this.onFailure = onFailure;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage storage) throws IOException {
        super.initialize(server, groupId, storage);
        getLifeCycle()
                .startAndTransition(
                        () -> {
                            snapshots.open(storage);
                            restoreNewest();
                        },
                        IOException.class);
    }

    @Override
    public void reinitialize() throws IOException {
        try {
            getLifeCycle().startAndTransition(this::restoreNewest, IOException.class);
        } catch (IOException | RuntimeException failed) {
            onFailure.accept(failed);
            throw failed;
        }
    }

    private void restoreNewest() throws IOException {
        Optional<Snapshot> newest = snapshots.newest();
        if (newest.isPresent()) {
            Snapshot snapshot = newest.get();
            tell(() -> listener.restored(snapshot.index(), snapshot.state()));
            setLastAppliedTermIndex(TermIndex.valueOf(snapshot.epoch(), snapshot.index()));
        }
    }

    @Override
    public void pause() {
        synchronized (snapshotLock) {
            getLifeCycle().transition(LifeCycle.State.PAUSING);
            getLifeCycle().transition(LifeCycle.State.PAUSED);
        }
    }

    @Override
    public long takeSnapshot() throws IOException {
        synchronized (snapshotLock) {
            TermIndex applied = getLastAppliedTermIndex();
            if (!getLifeCycleState().isRunning() || applied.getIndex() < 0) {
                return RaftLog.INVALID_LOG_INDEX;
            }
            Bytes state = listenerThread.call(listener::snapshot);
            if (state.length() > MetadataLogLimits.MAX_SNAPSHOT_BYTES) {
                throw new IOException("The controllers' state has " + state.length() + " bytes, a snapshot holds "
                        + MetadataLogLimits.MAX_SNAPSHOT_BYTES);
            }
            snapshots.write(new Snapshot(applied.getTerm(), applied.getIndex(), state));
            return applied.getIndex();
        }
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return snapshots.storage();
    }

    /** Called under the server's lock, just before the entry goes to the log. */
    @Override
    public TransactionContext preAppendTransaction(TransactionContext transaction) {
        RaftClientRequest request = transaction.getClientRequest();
        if (request != null && request.getClientId().equals(ownProposals)) {
            openProposals.appending(request.getCallId());
        }
        return transaction;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = transaction.getLogEntry();
        Bytes command = Bytes.wrap(entry.getStateMachineLogEntry().getLogData().toByteArray());
        if (!command.isEmpty()) {
            tell(() -> listener.applied(entry.getIndex(), entry.getTerm(), command));
        }
        updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    private void tell(Runnable call) {
        listenerThread.call(() -> {
            call.run();
            return true;
        });
    }

    /** Comes just before {@link #notifyLeaderReady}, on the same thread, with the entry that makes the leader ready. */
    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto configuration) {
        lastConfigurationTerm = term;
    }

    @Override
    public void notifyLeaderReady() {
        leadership.ready(lastConfigurationTerm);
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> open) {
        leadership.changed();
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId leader) {
        leadership.changed();
    }

    @Override
    public void notifyLogFailed(Throwable cause, LogEntryProto entry) {
        onFailure.accept(cause);
    }
}
