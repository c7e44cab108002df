package io.quorate.cli.transfer;

/**
 * How far an export is.
 *
 * @param format 1
 * @param prefix of its keys
 * @param cursor of the next page; empty for the first one
 * @param keys that are written
 * @param bytes of a file with lines: how many the lines of these keys have
 */
record ExportProgress(int format, String prefix, String cursor, long keys, long bytes) {
    static final int FORMAT = 1;

    /** Nothing is written yet. */
    static ExportProgress start(String prefix) {
        return new ExportProgress(FORMAT, prefix, "", 0, 0);
    }

    /** After a page. */
    ExportProgress then(String next, long pageKeys, long bytesNow) {
        return new ExportProgress(FORMAT, prefix, next, keys + pageKeys, bytesNow);
    }
}
