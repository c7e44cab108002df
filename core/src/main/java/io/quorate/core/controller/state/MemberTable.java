package io.quorate.core.controller.state;

import io.quorate.core.cluster.Member;
import io.quorate.core.wire.ByteReader;
import io.quorate.core.wire.ByteWriter;
import io.quorate.core.wire.WireLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The members of an encoding, each written once and then named by its place: configurations repeat them a lot. */
final class MemberTable {
    static final int MAX_MEMBERS = 65_536;
    private static final int MIN_MEMBER_BYTES = 17;

    private final Map<Member, Integer> places = new LinkedHashMap<>();
    private final List<Member> members = new ArrayList<>();

    /** The member's place, a new one if it has none yet. */
    int placeOf(Member member) {
        return places.computeIfAbsent(member, added -> {
            members.add(added);
            return members.size() - 1;
        });
    }

    void write(ByteWriter out) {
        out.list(members, MAX_MEMBERS, (to, member) -> {
            to.text(member.worker(), WireLimits.MAX_NAME_BYTES);
            to.uuid(member.disk());
        });
    }

    static MemberTable read(ByteReader in) {
        MemberTable table = new MemberTable();
        in.list(MAX_MEMBERS, MIN_MEMBER_BYTES, from -> new Member(from.text(WireLimits.MAX_NAME_BYTES), from.uuid()))
                .forEach(table::placeOf);
        return table;
    }

    /** The member whose place is next in the encoding. */
    Member next(ByteReader in) {
        int place = in.nonNegativeInt();
        if (place >= members.size()) {
            throw in.malformed("member " + place + " of " + members.size());
        }
        return members.get(place);
    }
}
