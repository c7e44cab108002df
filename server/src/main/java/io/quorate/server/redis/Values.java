package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.ItemResult;
import io.quorate.api.Record;
import io.quorate.api.Value;
import java.util.List;
import java.util.Optional;

/** Values as Redis clients give and get them. */
final class Values {
    private Values() {}

    /** A value that a client gave. */
    static Value given(Bytes bytes, Session session) throws RefusedException {
        int most = session.settings().maxValueBytes();
        if (bytes.length() > most) {
            throw new RefusedException("ERR the value is longer than " + most + " bytes (MAX_VALUE_BYTES)");
        }
        return Value.raw(bytes, Value.OCTET_STREAM);
    }

    /** Other bytes in the form that the value had, if there was one. */
    static Value changed(Optional<Value> before, Bytes bytes) {
        return before.map(value -> new Value(bytes, value.contentType(), value.form()))
                .orElseGet(() -> Value.raw(bytes, Value.OCTET_STREAM));
    }

    /** The bytes, or that there are none. */
    static Reply reply(Optional<Value> value) {
        return value.<Reply>map(found -> new Reply.Bulk(found.bytes())).orElse(Reply.NOTHING);
    }

    /** What the first command of a write has found. */
    static Reply found(List<ItemResult> results) {
        return reply(results.getFirst().found().map(Record::value));
    }

    /** Whether the first command of a write has found something. */
    static Reply existed(List<ItemResult> results) {
        return Reply.flag(results.getFirst().existed());
    }
}
