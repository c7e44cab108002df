package io.quorate.core.controller.state;

import io.quorate.core.cluster.Member;
import java.util.Comparator;

/** The order in which members are walked, so that every run walks them alike. */
public final class Members {
    /** By worker, then by disk. */
    public static final Comparator<Member> ORDER =
            Comparator.comparing(Member::worker).thenComparing(Member::disk);

    private Members() {}
}
