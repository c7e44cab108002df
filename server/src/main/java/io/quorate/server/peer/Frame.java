package io.quorate.server.peer;

import io.quorate.api.Bytes;

/** One unit of a peer connection. */
record Frame(FrameKind kind, Bytes payload) {}
