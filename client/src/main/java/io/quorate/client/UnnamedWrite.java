package io.quorate.client;

import io.quorate.api.Bytes;

/**
 * A write that the client is to name.
 *
 * @param request without a name
 */
record UnnamedWrite(WireRequest request) implements Call<WriteResult> {
    @Override
    public WriteResult run(Ways ways, Bytes key, Deadline deadline) {
        return ways.writes().write(key, request, deadline);
    }

    @Override
    public WriteResult refused(Refusal why) {
        return new WriteResult.NotApplied(why);
    }
}
