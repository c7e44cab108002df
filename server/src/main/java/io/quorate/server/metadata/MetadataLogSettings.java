package io.quorate.server.metadata;

import java.nio.file.Path;
import java.util.List;

/**
 * What a controller needs to know to take part in the metadata log.
 *
 * @param controllerId this controller's id, one of the peers'
 * @param peers all controllers of the group, this one included: 1, 3 or 5, the same on each of them
 * @param groupName the cluster's name; controllers with the same name and peers form one group
 * @param folder where this controller keeps its part of the log; no other process may use it
 * @param bindHost the address this controller listens on for the others
 * @param snapshotEveryEntries after how many entries a snapshot is taken and the log before it dropped, at least 1
 * @param electionTimeoutMillis how long a group that has not heard of its leader waits before it elects another, at
 *     least 100; each controller draws from one to two times this
 */
public record MetadataLogSettings(
        String controllerId,
        List<ControllerPeer> peers,
        String groupName,
        Path folder,
        String bindHost,
        long snapshotEveryEntries,
        int electionTimeoutMillis) {

    private static final int MIN_ELECTION_TIMEOUT_MILLIS = 100;

    public MetadataLogSettings {
        peers = List.copyOf(peers);
        if (peers.size() != 1 && peers.size() != 3 && peers.size() != 5) {
            throw new IllegalArgumentException("A cluster has 1, 3 or 5 controllers, not " + peers.size());
        }
        if (peers.stream().map(ControllerPeer::id).distinct().count() != peers.size()) {
            throw new IllegalArgumentException("Two controllers have the same id: " + peers);
        }
        if (peers.stream().noneMatch(peer -> peer.id().equals(controllerId))) {
            throw new IllegalArgumentException("Controller " + controllerId + " is not one of " + peers);
        }
        if (snapshotEveryEntries < 1) {
            throw new IllegalArgumentException("snapshotEveryEntries is at least 1, not " + snapshotEveryEntries);
        }
        if (electionTimeoutMillis < MIN_ELECTION_TIMEOUT_MILLIS) {
            throw new IllegalArgumentException("electionTimeoutMillis is at least " + MIN_ELECTION_TIMEOUT_MILLIS
                    + ", not " + electionTimeoutMillis);
        }
    }

    /** Settings with the usual distance between snapshots and the usual election timeout. */
    public MetadataLogSettings(
            String controllerId, List<ControllerPeer> peers, String groupName, Path folder, String bindHost) {
        this(
                controllerId,
                peers,
                groupName,
                folder,
                bindHost,
                MetadataLogLimits.SNAPSHOT_EVERY_ENTRIES,
                MetadataLogLimits.ELECTION_TIMEOUT_MILLIS);
    }

    /** This controller among the peers. */
    ControllerPeer self() {
        return peers.stream()
                .filter(peer -> peer.id().equals(controllerId))
                .findFirst()
                .orElseThrow();
    }

    boolean alone() {
        return peers.size() == 1;
    }
}
