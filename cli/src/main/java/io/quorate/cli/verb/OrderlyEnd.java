package io.quorate.cli.verb;

/** What a process does before it ends because of a signal. */
final class OrderlyEnd {
    private final Thread hook;

    private OrderlyEnd(Thread hook) {
        this.hook = hook;
    }

    /** From now on SIGTERM and Ctrl-C stop in order; the exit code is then 0. */
    static OrderlyEnd onSignal(Runnable stop) {
        Thread hook = new Thread(
                () -> {
                    stop.run();
                    Runtime.getRuntime().halt(0);
                },
                "orderly-end");
        Runtime.getRuntime().addShutdownHook(hook);
        return new OrderlyEnd(hook);
    }

    /** The process ends by itself; does not return when a signal came first. */
    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            try {
                hook.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
