package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.cluster.WorkerAddress;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;

/**
 * Serves the web UI over a cluster that is only played, for those who work on the page.
 *
 * <p>Arguments: the controller's port (workers take those after it), the number of partitions, the number of workers,
 * and {@code healthy} or the seconds that healing after a loss has been going on.
 */
public final class UiPreview {
    private static final int WATCH_MILLIS = 100;

    private UiPreview() {}

    /** Runs until it is stopped. */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        int workers = Integer.parseInt(arguments[2]);
        boolean oneLost = !arguments[3].equals("healthy");
        List<WorkerAddress> addresses = new ArrayList<>();
        for (int i = 1; i <= workers; i++) {
            addresses.add(new WorkerAddress("http://127.0.0.1:" + (port + i), "127.0.0.1:" + (port + 1_000 + i)));
        }
        PreviewCluster cluster = new PreviewCluster(
                Integer.parseInt(arguments[1]), addresses, oneLost, oneLost ? Long.parseLong(arguments[3]) * 1_000 : 0);
        Vertx vertx = Vertx.vertx();
        for (int i = 0; i < workers; i++) {
            PreviewWorker worker = new PreviewWorker(cluster, i, step -> vertx.setTimer(WATCH_MILLIS, _ -> step.run()));
            fill(worker);
            if (!oneLost || i != 1) {
                HttpFixture.await(new WorkerHttp(
                                vertx,
                                loop(vertx),
                                worker,
                                settings(port + i + 1),
                                () -> "",
                                RequestMeter.NONE,
                                _ -> java.util.Optional.empty())
                        .start());
            }
        }
        HttpFixture.await(
                new ControllerHttp(vertx, loop(vertx), cluster, settings(port), () -> "", RequestMeter.NONE).start());
    }

    private static void fill(PreviewWorker worker) {
        for (int i = 1; i <= 130; i++) {
            worker.store(
                    Bytes.utf8("user/" + (1_000 + i)), Value.json("{\"name\":\"User " + i + "\"}"), new Revision(4, i));
            worker.store(
                    Bytes.utf8("session:" + Integer.toHexString(i * 7_919)),
                    Value.json("active"),
                    new Revision(4, i),
                    System.currentTimeMillis() + i * 20_000L);
        }
        worker.store(Bytes.utf8("demo-key"), Value.json("demo-value"), new Revision(5, 117));
        worker.store(Bytes.utf8("привет"), Value.json("мир"), new Revision(5, 118));
        worker.store(
                Bytes.wrap(new byte[] {0, -1, 7}),
                Value.raw(Bytes.wrap(new byte[] {-1}), "image/png"),
                new Revision(3, 9));
    }

    private static HttpSettings settings(int port) {
        return HttpSettings.of("127.0.0.1", port);
    }

    private static Context loop(Vertx vertx) {
        return ((VertxInternal) vertx).createEventLoopContext();
    }
}
