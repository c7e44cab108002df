package io.quorate.cli.cluster;

import io.quorate.cli.part.ControllerPart;
import io.quorate.cli.part.EventLoops;
import io.quorate.cli.part.Part;
import io.quorate.cli.part.PartListener;
import io.quorate.cli.part.PartOptions;
import io.quorate.cli.part.WorkerPart;
import io.quorate.server.config.PropertiesFile;
import io.quorate.server.config.Settings;
import io.quorate.server.config.SettingsRefusedException;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Parts within this process, each on its own event loop. */
final class InnerParts implements PartFactory {
    private static final long CLOSE_SECONDS = 5;

    private final Vertx vertx;

    InnerParts(int parts) {
        this.vertx = EventLoops.open(parts);
    }

    @Override
    public Part make(ClusterPlan cluster, PartPlan plan, PartFolder folder, PartListener listener)
            throws SettingsRefusedException {
        Settings settings = Settings.of(plan.role(), cluster.flags(plan, folder.data()), Map.of(), PropertiesFile.NONE);
        PartOptions options = new PartOptions(settings, false);
        return plan.isWorker()
                ? new WorkerPart(vertx, options.worker(), listener)
                : new ControllerPart(vertx, options.controller(), listener);
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            org.slf4j.LoggerFactory.getLogger(InnerParts.class).debug("The event loops end with the process", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
