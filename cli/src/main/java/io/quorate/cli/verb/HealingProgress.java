package io.quorate.cli.verb;

import io.quorate.cli.Pause;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import java.time.Duration;
import java.util.Map;

/** A bar that grows while partitions get their replicas back; plain lines where no terminal shows it. */
final class HealingProgress {
    private static final int WIDTH = 32;
    private static final long POLL_MILLIS = 200;

    private final ClusterClient client;
    private final Output out;
    private int worst;
    private int last = -1;

    HealingProgress(ClusterClient client, Output out) {
        this.client = client;
        this.out = out;
    }

    /** Watches until no partition lacks a replica, or the limit has passed. */
    void watch(Duration limit) throws AnswerRefusedException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        int lacking = lacking();
        show(lacking);
        while (lacking > 0 && System.nanoTime() < deadlineNanos) {
            Pause.millis(POLL_MILLIS);
            lacking = lacking();
            show(lacking);
        }
        if (Terminal.isOne() && !out.isJson()) {
            out.line("");
        }
        out.event(
                lacking == 0 ? "healed" : "late",
                lacking == 0
                        ? "   Every partition has all its replicas again."
                        : "   " + lacking + " partitions still lack a replica after " + limit.toSeconds() + " s.");
    }

    private int lacking() throws AnswerRefusedException {
        return client.controller("/partitions")
                .path("summary")
                .path("underReplicated")
                .asInt(0);
    }

    private void show(int lacking) {
        if (lacking == last) {
            return;
        }
        last = lacking;
        worst = Math.max(worst, lacking);
        int done = worst - lacking;
        if (out.isJson()) {
            out.print("", Map.of("event", "healing", "restored", done, "of", worst));
        } else {
            String line = "   " + bar(done, worst) + " " + done + " of " + worst + " partitions restored";
            out.progress(line, Terminal.isOne());
        }
    }

    static String bar(int done, int all) {
        int filled = all == 0 ? WIDTH : WIDTH * done / all;
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]";
    }
}
