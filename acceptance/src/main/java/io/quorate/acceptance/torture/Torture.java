package io.quorate.acceptance.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** One run: a cluster is started, used and struck, healed and looked at. */
final class Torture {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final RunPlan plan;
    private final Consumer<String> events;
    private final Findings findings;

    /** @param events hears what happens, one line each */
    Torture(RunPlan plan, Consumer<String> events) {
        this.plan = plan;
        this.events = events;
        this.findings = new Findings(events);
    }

    /** Runs it to its end; whatever it made outside its folder is gone then, or when this process ends. */
    Report run() {
        Leftovers.remove(plan.folder());
        Stage stage = new Stage(plan, findings::violation);
        Thread atExit = new Thread(stage::close, "end-of-torture");
        Runtime.getRuntime().addShutdownHook(atExit);
        Report report;
        try (stage) {
            report = run(stage);
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
        Leftovers.none(plan.folder());
        write(report);
        return report;
    }

    private Report run(Stage stage) {
        TorturedCluster cluster = stage.cluster();
        Availability availability = new Availability(plan.partitions());
        Journal journal = new Journal(plan.history());
        MachineWatch machine = MachineWatch.start();
        Storm storm;
        HttpClient.Builder http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_LIMIT);
        try (HttpClient asking = http.build();
                HttpClient calling = http.build();
                machine;
                journal) {
            ControllerView view = new ControllerView(cluster, asking);
            KvClient kv = new KvClient(cluster::address, calling);
            events.accept("starting " + cluster.parts().size() + " processes, seed " + plan.seed());
            cluster.startAll();
            awaitStart(view);
            Workload workload = new Workload(kv, journal, availability, cluster.workerIds(), plan.partitions());
            Faults faults = new Faults(cluster, view, stage.network(), stage.smallDisk(), findings);
            storm = new Storm(faults, made(stage), view, workload, availability, plan.partitions(), findings, events);
            try (workload) {
                workload.start(plan.seed(), plan.clients());
                storm.rage(plan.seed(), plan.storm());
            }
            events.accept("healed; reading " + workload.allKeys().size() + " keys from all their replicas");
            finish(stage, view, new FinalCheck(kv, journal, cluster, view, findings), workload.allKeys());
            kv.unforeseen().forEach((answer, times) -> findings.violation(times + " times the answer " + answer));
        }
        return report(stage, journal, storm, machine);
    }

    private Set<FaultKind> made(Stage stage) {
        Set<FaultKind> made = new TreeSet<>(plan.faults());
        made.removeAll(stage.notMade().keySet());
        return made;
    }

    private void awaitStart(ControllerView view) {
        String missing = view.awaitHealthy(START_LIMIT);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The cluster is not ready after " + START_LIMIT.toSeconds() + " s ("
                    + missing + "); its logs are in " + plan.folder() + ".");
        }
    }

    private void finish(Stage stage, ControllerView view, FinalCheck check, List<String> keys) {
        stage.heal();
        String missing = view.awaitHealthy(Storm.HEALTHY_LIMIT);
        if (!missing.isEmpty()) {
            findings.violation("not whole " + Storm.HEALTHY_LIMIT.toSeconds() + " s after the end: " + missing);
        }
        check.run(keys, plan.clients() + plan.partitions());
    }

    private Report report(Stage stage, Journal journal, Storm storm, MachineWatch machine) {
        HistoryVerdict verdict = HistoryCheck.of(plan.history());
        verdict.violations().forEach(findings::violation);
        return new Report(
                plan.seed(),
                command(),
                stage.network().canCut() ? "namespaces of their own" : "the loopback address",
                machine.longestPauseMillis(),
                journal.tally(),
                storm.strikes(),
                notMade(stage),
                verdict,
                findings.violations(),
                plan.folder().toString(),
                plan.history().toString());
    }

    private static Map<String, String> notMade(Stage stage) {
        Map<String, String> words = new TreeMap<>();
        stage.notMade().forEach((kind, why) -> words.put(kind.written(), why));
        return words;
    }

    private String command() {
        String all = Arrays.stream(FaultKind.values())
                .filter(plan.faults()::contains)
                .map(FaultKind::written)
                .collect(Collectors.joining(","));
        return "./quorate torture --minutes %s --seed %d --clients %d --faults %s"
                .formatted(plan.storm().toMillis() / 60_000.0, plan.seed(), plan.clients(), all);
    }

    private void write(Report report) {
        try {
            Files.writeString(
                    plan.folder().resolve("report.json"),
                    MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report.json()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
