package io.quorate.server.metadata;

import io.quorate.core.controller.MetadataLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Settings for groups of controllers on free ports of the loopback address. */
final class RatisGroups {
    private static final String LOOPBACK = "127.0.0.1";

    /** On a machine that is busy with other tests a leader may be silent for a second and yet be there. */
    private static final int PATIENT_ELECTION_TIMEOUT_MILLIS = 1_500;

    private RatisGroups() {}

    static GroupUnderTest start(Path folder, int controllers, long snapshotEveryEntries) {
        List<ControllerPeer> peers = peers(controllers);
        return new GroupUnderTest(
                controllers, (id, listener) -> open(settings(folder, id, peers, snapshotEveryEntries), listener));
    }

    static MetadataLog open(MetadataLogSettings settings, RecordingListener listener) {
        try {
            return RatisMetadataLog.open(settings, listener, failure -> {
                throw new IllegalStateException("The metadata log failed", failure);
            });
        } catch (MetadataLogRefused refused) {
            throw new IllegalStateException(refused);
        }
    }

    static MetadataLogSettings settings(Path folder, String id, List<ControllerPeer> peers, long snapshotEveryEntries) {
        return new MetadataLogSettings(
                id, peers, "test", folder.resolve(id), LOOPBACK, snapshotEveryEntries, PATIENT_ELECTION_TIMEOUT_MILLIS);
    }

    /** Controllers {@code c1}, {@code c2}, … on ports that were free a moment ago. */
    static List<ControllerPeer> peers(int controllers) {
        List<ServerSocket> sockets = new ArrayList<>();
        List<ControllerPeer> peers = new ArrayList<>();
        try {
            for (int i = 1; i <= controllers; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                peers.add(new ControllerPeer("c" + i, LOOPBACK, socket.getLocalPort()));
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return peers;
    }
}
