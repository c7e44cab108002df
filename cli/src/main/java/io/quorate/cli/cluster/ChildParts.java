package io.quorate.cli.cluster;

import io.quorate.cli.part.Part;
import io.quorate.cli.part.PartListener;

/** Parts as processes of their own. */
final class ChildParts implements PartFactory {
    @Override
    public Part make(ClusterPlan cluster, PartPlan plan, PartFolder folder, PartListener listener) {
        return new ChildPart(cluster, plan, folder, listener);
    }

    @Override
    public void close() {}
}
