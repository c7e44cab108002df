package io.quorate.server.metadata;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.netty.NettyConfigKeys;
import org.apache.ratis.rpc.SupportedRpcType;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** How Ratis is set for one small group: quick elections, small buffers, few threads, next to nothing to do when idle. */
final class RatisSettings {
    private static final TimeDuration NEVER = TimeDuration.valueOf(3_650, TimeUnit.DAYS);

    private RatisSettings() {}

    static RaftProperties of(MetadataLogSettings settings, Path storage) {
        RaftProperties properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(properties, List.of(storage.toFile()));
        listen(properties, settings);
        elect(properties, settings.alone(), settings.electionTimeoutMillis());
        log(properties);
        snapshot(properties, settings.snapshotEveryEntries());
        limit(properties);
        return properties;
    }

    /** Ratis's Netty transport: half the processor time of its gRPC one, and a port in use is an error it reports. */
    private static void listen(RaftProperties properties, MetadataLogSettings settings) {
        RaftConfigKeys.Rpc.setType(properties, SupportedRpcType.NETTY);
        NettyConfigKeys.Server.setHost(properties, settings.bindHost());
        NettyConfigKeys.Server.setPort(properties, settings.self().port());
        NettyConfigKeys.Server.setUseEpoll(properties, false);
        NettyConfigKeys.Client.setUseEpoll(properties, false);
        RaftClientConfigKeys.Rpc.setRequestTimeout(properties, millis(MetadataLogLimits.REQUEST_TIMEOUT_MILLIS));
    }

    /**
     * A controller that is alone elects itself at once and does not step down after a pause, since nobody could take
     * over. No pause, however long, ends the server.
     */
    private static void elect(RaftProperties properties, boolean alone, int timeoutMillis) {
        Rpc.setTimeoutMin(properties, millis(timeoutMillis));
        Rpc.setTimeoutMax(properties, millis(2 * timeoutMillis));
        int firstMillis = alone
                ? MetadataLogLimits.ALONE_ELECTION_TIMEOUT_MILLIS
                : Math.min(timeoutMillis, MetadataLogLimits.ELECTION_TIMEOUT_MILLIS);
        Rpc.setFirstElectionTimeoutMin(properties, millis(firstMillis));
        Rpc.setFirstElectionTimeoutMax(properties, millis(2 * firstMillis));
        Rpc.setSleepTime(properties, millis(MetadataLogLimits.RETRY_PAUSE_MILLIS));
        Rpc.setRequestTimeout(properties, millis(MetadataLogLimits.REQUEST_TIMEOUT_MILLIS));
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(
                properties, alone ? NEVER : millis(MetadataLogLimits.STEP_DOWN_WAIT_MILLIS));
        RaftServerConfigKeys.setCloseThreshold(properties, NEVER);
    }

    private static void log(RaftProperties properties) {
        Log.setSegmentSizeMax(properties, bytes(MetadataLogLimits.SEGMENT_BYTES));
        Log.setPreallocatedSize(properties, bytes(MetadataLogLimits.PREALLOCATED_BYTES));
        Log.setWriteBufferSize(properties, bytes(MetadataLogLimits.MAX_ENTRY_BYTES + 8));
        Log.Appender.setBufferByteLimit(properties, bytes(MetadataLogLimits.MAX_ENTRY_BYTES));
        Log.Appender.setSnapshotChunkSizeMax(properties, bytes(MetadataLogLimits.SNAPSHOT_CHUNK_BYTES));
        Log.Appender.setWaitTimeMin(properties, TimeDuration.ZERO);
        // The commit index would be an entry of its own after each command, with its own sync.
        Log.setLogMetadataEnabled(properties, false);
    }

    private static void snapshot(RaftProperties properties, long everyEntries) {
        Snapshot.setAutoTriggerEnabled(properties, true);
        Snapshot.setAutoTriggerThreshold(properties, everyEntries);
        Snapshot.setTriggerWhenStopEnabled(properties, false);
        Snapshot.setRetentionFileNum(properties, MetadataLogLimits.SNAPSHOTS_KEPT);
        Log.setPurgeUptoSnapshotIndex(properties, true);
        Log.setPurgeGap(properties, 1);
    }

    private static void limit(RaftProperties properties) {
        RaftServerConfigKeys.Write.setElementLimit(properties, MetadataLogLimits.MAX_OPEN_PROPOSALS);
        RaftServerConfigKeys.Write.setByteLimit(
                properties, bytes(MetadataLogLimits.MAX_OPEN_PROPOSAL_BYTES + MetadataLogLimits.MAX_COMMAND_BYTES));
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, TimeDuration.valueOf(5, TimeUnit.SECONDS));
        RaftServerConfigKeys.ThreadPool.setClientSize(properties, 1);
        RaftServerConfigKeys.ThreadPool.setServerSize(properties, 2);
        RaftServerConfigKeys.ThreadPool.setProxySize(properties, 2);
    }

    private static TimeDuration millis(int millis) {
        return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
    }

    private static SizeInBytes bytes(int sizeBytes) {
        return SizeInBytes.valueOf(sizeBytes);
    }
}
