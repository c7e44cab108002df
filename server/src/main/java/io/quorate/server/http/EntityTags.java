package io.quorate.server.http;

import org.jspecify.annotations.Nullable;

/** The comparison of If-None-Match, which also takes weak tags. */
final class EntityTags {
    private EntityTags() {}

    /** Whether the header, absent or a list of tags or a star, names the tag. */
    static boolean match(@Nullable String header, String etag) {
        if (header == null) {
            return false;
        }
        for (String tag : header.split(",", -1)) {
            String bare = tag.strip();
            if (bare.equals("*") || bare.equals(etag) || bare.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }
}
