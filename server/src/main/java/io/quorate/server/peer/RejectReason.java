package io.quorate.server.peer;

/** Why one process does not talk to another; the codes are part of the wire format. */
public enum RejectReason {
    /** A reason that this version does not know: the detail tells it. */
    OTHER(0),
    /** The peers belong to different clusters. */
    OTHER_CLUSTER(1),
    /** The peers have no protocol version in common. */
    INCOMPATIBLE_VERSION(2),
    /** Another process than the wanted one answers at that address. */
    WRONG_TARGET(3),
    /** A process of the same id, with another disk or a newer incarnation, is connected. */
    DUPLICATE(4);

    private final int code;

    RejectReason(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static RejectReason ofCode(int code) {
        for (RejectReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return OTHER;
    }
}
