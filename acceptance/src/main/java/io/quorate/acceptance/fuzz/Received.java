package io.quorate.acceptance.fuzz;

/**
 * What came on a connection.
 *
 * @param closed whether the server ended it
 */
@SuppressWarnings("ArrayRecordComponent")
record Received(byte[] bytes, boolean closed) {}
