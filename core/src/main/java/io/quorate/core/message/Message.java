package io.quorate.core.message;

import io.quorate.core.cluster.ClusterMap;
import java.util.List;

/** One message of a link between two processes. A message may be lost, delayed or repeated. */
public sealed interface Message {
    /** Controller → worker: orders for many partitions, carried out in this order. */
    record Orders(List<Order> orders) implements Message {
        public Orders {
            orders = List.copyOf(orders);
        }
    }

    /** Worker → controller, on the link that the controller dialled: what became of orders. */
    record OrderAnswers(List<OrderAnswer> answers) implements Message {
        public OrderAnswers {
            answers = List.copyOf(answers);
        }
    }

    /** Controller → worker: the map changed; a worker keeps the one of the greatest version. */
    record MapChanged(ClusterMap map) implements Message {}

    /** Leader → follower or learner: see {@link Replication}. */
    record ReplicationRequests(List<Replication.Request> requests) implements Message {
        public ReplicationRequests {
            requests = List.copyOf(requests);
        }
    }

    /** Follower → leader, on the link that the leader dialled. */
    record ReplicationReplies(List<Replication.Reply> replies) implements Message {
        public ReplicationReplies {
            replies = List.copyOf(replies);
        }
    }

    /** Worker → leader: a client's request that another worker took. */
    record Forward(ForwardedRequest request) implements Message {}

    /** Leader → the worker that forwarded. */
    record ForwardReply(ForwardedReply reply) implements Message {}
}
