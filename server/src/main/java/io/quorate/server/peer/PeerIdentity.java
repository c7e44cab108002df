package io.quorate.server.peer;

import io.quorate.core.cluster.Incarnation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Who a process says it is when two processes meet.
 *
 * @param clusterUuid the cluster it belongs to; empty while a fresh process has not learnt it yet
 * @param id the process id, 1 to {@link PeerLimits#MAX_ID_BYTES} bytes of UTF-8 without blanks or control characters
 * @param role what it is in the cluster
 * @param diskUuid the disk it runs on
 * @param incarnation how often it has started from that disk, rising
 */
public record PeerIdentity(Optional<UUID> clusterUuid, String id, PeerRole role, UUID diskUuid, long incarnation) {
    public PeerIdentity {
        if (!isValidId(id)) {
            throw new IllegalArgumentException("A process id has 1 to " + PeerLimits.MAX_ID_BYTES
                    + " bytes and no blanks or control characters: this one does not");
        }
    }

    /** Whether a text can be the id of a process. */
    public static boolean isValidId(String id) {
        int sizeBytes = id.getBytes(StandardCharsets.UTF_8).length;
        return sizeBytes > 0
                && sizeBytes <= PeerLimits.MAX_ID_BYTES
                && id.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    /** Whether both may be in one cluster: the same one, or at least one of them has none yet. */
    boolean mayShareClusterWith(PeerIdentity other) {
        return clusterUuid.isEmpty() || other.clusterUuid.isEmpty() || clusterUuid.equals(other.clusterUuid);
    }

    /** Whether both are the same process, not restarted in between. */
    boolean isSameStartAs(PeerIdentity other) {
        return diskUuid.equals(other.diskUuid) && incarnation == other.incarnation;
    }

    /** Whether a new connection of this process takes the place of an older one that {@code present} opened. */
    boolean replaces(PeerIdentity present) {
        return isSameStartAs(present)
                || (diskUuid.equals(present.diskUuid) && Incarnation.isLater(incarnation, present.incarnation));
    }
}
