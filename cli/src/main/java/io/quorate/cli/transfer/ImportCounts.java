package io.quorate.cli.transfer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of the records of an import.
 *
 * @param written put into the cluster, or with a dry run fit for it
 * @param expired left out, as they have expired
 * @param existing left out, as their keys exist
 * @param malformed left out, as they are no records
 * @param refused not written, for what they are or because the import stopped
 * @param unknown which may be written
 * @param writtenOrExisting of which the keys exist, written by this import, whose answer was lost, or by somebody else
 */
public record ImportCounts(
        long written, long expired, long existing, long malformed, long refused, long unknown, long writtenOrExisting) {
    static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0, 0, 0);
    static final ImportCounts WRITTEN = new ImportCounts(1, 0, 0, 0, 0, 0, 0);
    static final ImportCounts EXPIRED = new ImportCounts(0, 1, 0, 0, 0, 0, 0);
    static final ImportCounts EXISTING = new ImportCounts(0, 0, 1, 0, 0, 0, 0);
    static final ImportCounts MALFORMED = new ImportCounts(0, 0, 0, 1, 0, 0, 0);
    static final ImportCounts REFUSED = new ImportCounts(0, 0, 0, 0, 1, 0, 0);
    static final ImportCounts UNKNOWN = new ImportCounts(0, 0, 0, 0, 0, 1, 0);
    static final ImportCounts WRITTEN_OR_EXISTING = new ImportCounts(0, 0, 0, 0, 0, 0, 1);

    static ImportCounts of(Fate fate) {
        return switch (fate) {
            case Fate.Written _ -> WRITTEN;
            case Fate.Existing _ -> EXISTING;
            case Fate.WrittenOrExisting _ -> WRITTEN_OR_EXISTING;
            case Fate.Refused _ -> REFUSED;
            case Fate.Undone undone -> undone.unknown() ? UNKNOWN : REFUSED;
        };
    }

    ImportCounts plus(ImportCounts other) {
        return new ImportCounts(
                written + other.written,
                expired + other.expired,
                existing + other.existing,
                malformed + other.malformed,
                refused + other.refused,
                unknown + other.unknown,
                writtenOrExisting + other.writtenOrExisting);
    }

    /** What was left out on purpose. */
    long leftOut() {
        return expired + existing + malformed;
    }

    /** All of them. */
    public long total() {
        return written + leftOut() + refused + unknown + writtenOrExisting;
    }

    /** For programs. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("written", written);
        json.put("expired", expired);
        json.put("existing", existing);
        json.put("malformed", malformed);
        json.put("refused", refused);
        json.put("unknown", unknown);
        json.put("writtenOrExisting", writtenOrExisting);
        return json;
    }

    @Override
    public String toString() {
        return written + " written, " + leftOut() + " left out (" + expired + " expired, " + existing
                + " there already, " + malformed + " malformed), " + refused + " refused, " + unknown + " unknown"
                + (writtenOrExisting > 0 ? ", " + writtenOrExisting + " written or there already" : "");
    }
}
