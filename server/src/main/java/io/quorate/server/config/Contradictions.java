package io.quorate.server.config;

/** What settings must not say together. */
final class Contradictions {
    private static final int HEARTBEATS_BEFORE_DOWN = 3;

    private Contradictions() {}

    static void check(Role role, Settings settings) throws SettingsRefusedException {
        switch (role) {
            case CONTROLLER -> {
                checkQuorum(settings);
                checkHeartbeats(settings);
                checkGroup(settings);
            }
            case CLUSTER -> {
                checkQuorum(settings);
                checkHeartbeats(settings);
            }
            case WORKER -> {}
        }
    }

    private static void checkQuorum(Settings settings) throws SettingsRefusedException {
        boolean either = settings.isGiven(Setting.WRITE_QUORUM) || settings.isGiven(Setting.REPLICAS);
        boolean certain = settings.isGiven(Setting.REPLICAS)
                || settings.number(Setting.WRITE_QUORUM) > Integer.parseInt(Setting.REPLICAS.fallback());
        if (either && certain && settings.number(Setting.WRITE_QUORUM) > settings.number(Setting.REPLICAS)) {
            throw new SettingsRefusedException(
                    settings.shown(Setting.WRITE_QUORUM) + ", but " + settings.shown(Setting.REPLICAS)
                            + ": a quorum cannot be larger than the number of replicas; lower the one or raise the other.");
        }
    }

    private static void checkHeartbeats(Settings settings) throws SettingsRefusedException {
        long interval = settings.millis(Setting.HEARTBEAT_INTERVAL);
        if (settings.millis(Setting.HEARTBEAT_TIMEOUT) < HEARTBEATS_BEFORE_DOWN * interval) {
            throw new SettingsRefusedException(
                    settings.shown(Setting.HEARTBEAT_TIMEOUT) + ", but " + settings.shown(Setting.HEARTBEAT_INTERVAL)
                            + ": the time-out must be at least " + HEARTBEATS_BEFORE_DOWN + " intervals.");
        }
    }

    private static void checkGroup(Settings settings) throws SettingsRefusedException {
        if (!settings.isGiven(Setting.CONTROLLERS)) {
            return;
        }
        ControllerGroup group = ControllerGroup.parse(settings.text(Setting.CONTROLLERS));
        int size = group.members().size();
        if (size != 1 && size != 3 && size != 5) {
            throw new SettingsRefusedException(
                    "CONTROLLERS names " + size + " controllers: a cluster has 1, 3 or 5 of them.");
        }
        if (group.members().stream().map(ControllerGroup.Member::id).distinct().count() != size) {
            throw new SettingsRefusedException("CONTROLLERS names an id twice: give each controller its own.");
        }
        String id = settings.given(Setting.ID).orElse("");
        if (group.member(id).isEmpty()) {
            throw new SettingsRefusedException(
                    id.isEmpty()
                            ? "CONTROLLERS is given, but not which of them this one is: set ID."
                            : "ID is " + id
                                    + ", which CONTROLLERS does not name: set ID to one of them, or add it there.");
        }
    }
}
