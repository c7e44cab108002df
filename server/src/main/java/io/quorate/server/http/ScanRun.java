package io.quorate.server.http;

import io.quorate.api.ScanRequest;
import io.quorate.core.port.WorkerService;
import io.quorate.core.scan.PartitionScans;

/** Carries scans of partitions out until what is put together from them is complete or given up. */
final class ScanRun {
    private final WorkerService service;
    private final long timeoutMillis;
    private final Exchange exchange;
    private final PartitionScans scans;
    private final Runnable whenEnded;
    private boolean ended;

    ScanRun(WorkerService service, long timeoutMillis, Exchange exchange, PartitionScans scans, Runnable whenEnded) {
        this.service = service;
        this.timeoutMillis = timeoutMillis;
        this.exchange = exchange;
        this.scans = scans;
        this.whenEnded = whenEnded;
    }

    void goOn() {
        if (!ended && !exchange.open()) {
            ended = true;
            whenEnded.run();
        }
        if (ended) {
            return;
        }
        for (ScanRequest request : scans.ask()) {
            service.scan(request, timeoutMillis, exchange.guarded(outcome -> {
                scans.answered(request.partition(), outcome);
                goOn();
            }));
        }
        if (!ended && scans.isEnded()) {
            ended = true;
            whenEnded.run();
        }
    }
}
