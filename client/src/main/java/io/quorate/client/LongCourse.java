package io.quorate.client;

import java.util.Optional;

/**
 * A call of which one attempt may take all the time that is left: what takes long at one worker takes as long at the next.
 */
record LongCourse<T>(Course<T> course) implements Course<T> {
    @Override
    public boolean isLong() {
        return true;
    }

    @Override
    public WireRequest request() {
        return course.request();
    }

    @Override
    public Optional<T> after(Reply reply) {
        return course.after(reply);
    }

    @Override
    public T ended() {
        return course.ended();
    }

    @Override
    public T refused(Refusal why) {
        return course.refused(why);
    }

    @Override
    public int maxBodyBytes(int ofOneValue) {
        return course.maxBodyBytes(ofOneValue);
    }

    @Override
    public boolean isForAnyReplica() {
        return course.isForAnyReplica();
    }
}
