package io.quorate.server.wiring;

/** What a worker's parts know of its condition; read and written on its event loop. */
final class WorkerCondition {
    private boolean controllerAnswered;
    private boolean draining;
    private boolean diskLow;

    boolean controllerAnswered() {
        return controllerAnswered;
    }

    void noteControllerAnswered() {
        controllerAnswered = true;
    }

    boolean draining() {
        return draining;
    }

    void drain() {
        draining = true;
    }

    boolean diskLow() {
        return diskLow;
    }

    void noteDisk(boolean low) {
        diskLow = low;
    }
}
