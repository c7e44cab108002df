package io.quorate.client;

import io.quorate.api.Bytes;

/** What a caller asks for, with all that is sent for it. */
interface Call<T> {
    /**
     * What it is carried out with.
     *
     * @param attempts sends one request until it has a result
     * @param writes names writes
     */
    record Ways(Attempts attempts, SessionWrites writes) {}

    /** Carries it out on the calling thread; an interrupt ends it and stays set. */
    T run(Ways ways, Bytes key, Deadline deadline);

    /** The result of what was never sent. */
    T refused(Refusal why);
}
