package io.quorate.server.peer;

class InMemoryPeerNetworkTest extends PeerNetworkContract {
    @Override
    PeerNetwork network(Loop onLoop) {
        return new InMemoryPeerNetwork(onLoop.vertx());
    }
}
