package io.quorate.cli.cluster;

import io.quorate.cli.part.Part;
import io.quorate.cli.part.PartListener;
import io.quorate.server.config.SettingsRefusedException;

/** Makes the parts of a cluster, within this process or as processes of their own. */
interface PartFactory extends AutoCloseable {
    /** The part, not started yet. */
    Part make(ClusterPlan cluster, PartPlan plan, PartFolder folder, PartListener listener)
            throws SettingsRefusedException;

    @Override
    void close();
}
