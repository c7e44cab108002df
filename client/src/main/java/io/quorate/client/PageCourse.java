package io.quorate.client;

import java.util.Optional;

/** A page of a listing: asked for with fewer keys when it is longer than is taken. */
final class PageCourse implements Course<PageResult> {
    /** How many times longer a page may be than an answer to a read: a worker's has 4 MiB of keys and values, as JSON. */
    static final int BODY_FACTOR = 8;

    /** How many times fewer keys are asked for the next time. */
    private static final int SHRINK = 4;

    private final ListOptions options;
    private final ReadCourse<PageResult> read;
    private int keys;

    PageCourse(ListOptions options) {
        this.options = options;
        this.keys = options.pageSize();
        this.read = new ReadCourse<>(
                request(), false, answer -> ReadAnswers.page(answer, options.from()), PageResult.NotServed::new);
    }

    @Override
    public WireRequest request() {
        return Requests.page(options, keys);
    }

    @Override
    public Optional<PageResult> after(Reply reply) {
        if (reply instanceof Reply.TooLarge && keys > 1) {
            keys = Math.max(1, keys / SHRINK);
            return Optional.empty();
        }
        return read.after(reply);
    }

    @Override
    public PageResult ended() {
        return read.ended();
    }

    @Override
    public PageResult refused(Refusal why) {
        return read.refused(why);
    }

    @Override
    public int maxBodyBytes(int ofOneValue) {
        return (int) Math.min(Integer.MAX_VALUE, (long) ofOneValue * BODY_FACTOR);
    }
}
