package io.quorate.client;

import io.quorate.api.Revision;
import java.util.Optional;

/** The revision that an answer carries. */
final class Tag {
    private Tag() {}

    /** That of its own header, else that of its tag. */
    static Optional<Revision> revision(Reply.Answered answer) {
        return answer.headers()
                .first(Header.REVISION)
                .flatMap(Revision::parse)
                .or(() -> answer.headers().first(Header.ETAG).flatMap(Tag::unquoted));
    }

    private static Optional<Revision> unquoted(String tag) {
        boolean quoted = tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"");
        return quoted ? Revision.parse(tag.substring(1, tag.length() - 1)) : Optional.empty();
    }
}
