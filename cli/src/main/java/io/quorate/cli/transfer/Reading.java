package io.quorate.cli.transfer;

import io.quorate.api.KeyedRecord;

/** What came of reading one line or file of an import. */
public sealed interface Reading {
    /** A record. */
    record Found(KeyedRecord record) implements Reading {}

    /** Nothing that is to be written. */
    record Nothing() implements Reading {}

    /** Neither; says why. */
    record Malformed(String why) implements Reading {}
}
