package io.quorate.api;

/** A key with one version of it. */
public record KeyedRecord(Bytes key, Record record) {}
