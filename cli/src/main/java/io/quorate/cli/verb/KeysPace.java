package io.quorate.cli.verb;

import java.util.function.LongConsumer;

/** Shows on a terminal how many keys a transfer has done, and how many it does in a second. */
final class KeysPace implements LongConsumer {
    private static final long SHOW_EVERY_NANOS = 250_000_000;
    private static final double SECOND_NANOS = 1e9;

    private final Output out;
    private final boolean shows = Terminal.hasErrors();
    private final long beganNanos = System.nanoTime();
    private long shownNanos = beganNanos;
    private long first = -1;
    private boolean shown;

    KeysPace(Output out) {
        this.out = out;
    }

    @Override
    public void accept(long keys) {
        long nowNanos = System.nanoTime();
        first = first < 0 ? keys : first;
        if (shows && nowNanos - shownNanos >= SHOW_EVERY_NANOS) {
            shownNanos = nowNanos;
            shown = true;
            out.noteInPlace(line(keys - first, keys, nowNanos - beganNanos));
        }
    }

    /** Leaves the line that it wrote to. */
    void end() {
        if (shown) {
            out.note("");
            shown = false;
        }
    }

    /** Spaces take away what a longer line left. */
    static String line(long keysHere, long keys, long nanos) {
        return keys + " keys, " + Math.round(keysHere * SECOND_NANOS / Math.max(1, nanos)) + " keys/s    ";
    }
}
