package io.quorate.server.http;

import io.quorate.api.Condition;
import io.quorate.api.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the headers If-Match and If-None-Match say. */
final class EntityTags {
    private static final String ANY = "*";
    private static final String WEAK = "W/";

    private EntityTags() {}

    /** Whether a list of tags, absent or a star, names the tag; weak tags count. */
    static boolean match(Optional<String> header, String etag) {
        return header.filter(list -> tags(list).stream()
                        .anyMatch(tag -> tag.equals(ANY) || tag.equals(etag) || tag.equals(WEAK + etag)))
                .isPresent();
    }

    /** The condition of If-Match. A weak tag never matches, nor does one that this server did not make. */
    static Parsed<Condition> required(String header) {
        List<String> tags = tags(header);
        if (tags.contains(ANY)) {
            return Parsed.ok(new Condition.Exists());
        }
        return few(tags, "If-Match")
                .map(named -> new Condition.AnyOf(named.stream()
                        .map(EntityTags::strong)
                        .flatMap(Optional::stream)
                        .toList()));
    }

    /** The condition of If-None-Match on a write. */
    static Parsed<Condition> excluded(String header) {
        List<String> tags = tags(header);
        if (tags.contains(ANY)) {
            return Parsed.ok(new Condition.Absent());
        }
        return few(tags, "If-None-Match")
                .map(named -> new Condition.NoneOf(named.stream()
                        .map(tag -> strong(tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag))
                        .flatMap(Optional::stream)
                        .toList()));
    }

    private static Parsed<List<String>> few(List<String> tags, String header) {
        boolean quoted = !tags.isEmpty() && tags.stream().allMatch(tag -> tag.matches("(W/)?\"[^\"]*\""));
        if (!quoted) {
            return Parsed.bad(header + " is * or a list of tags in double quotes, as ETag gave them.");
        }
        return tags.size() <= Condition.MAX_REVISIONS
                ? Parsed.ok(tags)
                : Parsed.bad(header + " names more than " + Condition.MAX_REVISIONS + " tags.");
    }

    private static Optional<Revision> strong(String tag) {
        return tag.startsWith("\"") ? Revision.parse(tag.substring(1, tag.length() - 1)) : Optional.empty();
    }

    private static List<String> tags(String header) {
        List<String> tags = new ArrayList<>();
        for (String tag : header.split(",", -1)) {
            if (!tag.isBlank()) {
                tags.add(tag.strip());
            }
        }
        return tags;
    }
}
