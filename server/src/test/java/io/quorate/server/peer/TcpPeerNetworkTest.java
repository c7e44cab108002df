package io.quorate.server.peer;

import java.util.Random;

class TcpPeerNetworkTest extends PeerNetworkContract {
    @Override
    PeerNetwork network(Loop onLoop) {
        return new TcpPeerNetwork(onLoop.vertx(), PeerSettings.standard(), new Random(1));
    }
}
