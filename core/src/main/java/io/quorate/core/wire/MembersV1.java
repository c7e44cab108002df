package io.quorate.core.wire;

import io.quorate.core.cluster.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The members of one encoding: each is spelled out where it comes first and is a small number from then on.
 *
 * <p>A batch names the same few members for many partitions. 0 announces a member that is spelled out, k the k-th that
 * was.
 */
final class MembersV1 {
    /** The fewest bytes of a member. */
    static final int MIN_BYTES = 1;

    private static final int SPELLED_OUT = 0;

    private MembersV1() {}

    /** Writes the members of one encoding. */
    static final class Sink {
        private final Map<Member, Integer> known = new LinkedHashMap<>();
        private @Nullable Member last;
        private int lastNumber;

        void write(ByteWriter writer, Member member) {
            if (!member.equals(last)) {
                last = member;
                lastNumber = known.getOrDefault(member, SPELLED_OUT);
            }
            writer.varint(lastNumber);
            if (lastNumber == SPELLED_OUT) {
                lastNumber = known.size() + 1;
                known.put(member, lastNumber);
                writer.text(member.worker(), WireLimits.MAX_NAME_BYTES);
                writer.uuid(member.disk());
            }
        }
    }

    /** Reads the members of one encoding. */
    static final class Source {
        private final List<Member> known = new ArrayList<>();

        Member read(ByteReader reader) {
            int number = reader.nonNegativeInt();
            if (number > known.size()) {
                throw reader.malformed("member " + number + " of " + known.size());
            }
            if (number != SPELLED_OUT) {
                return known.get(number - 1);
            }
            String worker = reader.text(WireLimits.MAX_NAME_BYTES);
            UUID disk = reader.uuid();
            Member member = new Member(worker, disk);
            known.add(member);
            return member;
        }
    }
}
