package io.quorate.server.metadata;

import static io.quorate.server.metadata.GroupUnderTest.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quorate.core.controller.MetadataLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a controller keeps in its folder, what it refuses, and what it leaves behind when it is closed. */
class RatisMetadataFolderTest {
    private static final long RARELY = 1_000_000;

    @TempDir
    private Path folder;

    private final RecordingListener listener = new RecordingListener();

    private MetadataLogSettings alone(List<ControllerPeer> peers) {
        return RatisGroups.settings(folder, "c1", peers, RARELY);
    }

    private static void isRefused(MetadataLogSettings settings, String... words) {
        assertThatExceptionOfType(MetadataLogRefused.class)
                .isThrownBy(() -> RatisMetadataLog.open(settings, new RecordingListener(), failure -> {}))
                .satisfies(refused ->
                        assertThat(refused.getMessage()).contains(words).doesNotContain("\n"));
    }

    private void keepSomething(List<ControllerPeer> peers, int commands, int commandBytes, long snapshotEveryEntries) {
        String command = "x".repeat(commandBytes);
        try (GroupUnderTest group = new GroupUnderTest(
                1,
                (id, told) -> RatisGroups.open(RatisGroups.settings(folder, id, peers, snapshotEveryEntries), told))) {
            group.commit(command, commands);
        }
    }

    @Test
    void aFolderOfAnotherGroupIsRefused() {
        List<ControllerPeer> peers = RatisGroups.peers(3);
        keepSomething(peers.subList(0, 1), 1, 10, RARELY);
        isRefused(alone(peers), "controller c1 of 1", "controller c1 of 3", "nothing was changed");
        MetadataLogSettings renamed =
                new MetadataLogSettings("c1", peers.subList(0, 1), "other", folder.resolve("c1"), "127.0.0.1");
        isRefused(renamed, "cluster 'test'", "cluster 'other'");
    }

    @Test
    void aMemberOfAGroupIsRefusedWhenTheOthersHaveMoved() {
        List<ControllerPeer> peers = RatisGroups.peers(3);
        RatisGroups.open(alone(peers), listener).close();
        List<ControllerPeer> moved = List.of(peers.get(0), peers.get(1), new ControllerPeer("c3", "elsewhere", 9000));
        isRefused(alone(moved), "c3=elsewhere:9000");
    }

    @Test
    void aControllerThatIsAloneMayMove() {
        keepSomething(RatisGroups.peers(1), 3, 10, RARELY);
        try (MetadataLog moved = RatisGroups.open(alone(RatisGroups.peers(1)), listener)) {
            Eventually.holds("it is active", () -> moved.activity().active());
            assertThat(listener.commandsWhenActivated()).hasSize(3);
        }
    }

    @Test
    void aFolderThatIsInUseIsRefused() {
        List<ControllerPeer> peers = RatisGroups.peers(1);
        try (MetadataLog _ = RatisGroups.open(alone(peers), listener)) {
            isRefused(alone(RatisGroups.peers(1)), "is in use by another controller");
        }
    }

    @Test
    void aPortThatIsInUseIsRefusedAndTheFolderIsFreeAgain() throws IOException {
        List<ControllerPeer> peers = RatisGroups.peers(1);
        int port = peers.getFirst().port();
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            isRefused(alone(peers), "127.0.0.1:" + port, "stop what uses that port");
        }
        RatisGroups.open(alone(peers), listener).close();
    }

    @Test
    void snapshotsLetTheLogBeforeThemGo() throws IOException {
        List<ControllerPeer> peers = RatisGroups.peers(1);
        keepSomething(peers, 200, 20_000, 20);
        assertThat(names("snapshot.")).hasSizeLessThanOrEqualTo(MetadataLogLimits.SNAPSHOTS_KEPT);
        assertThat(names("log_"))
                .isNotEmpty()
                .noneMatch(name -> name.startsWith("log_0-"))
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aDamagedSnapshotIsRefused() throws IOException {
        List<ControllerPeer> peers = RatisGroups.peers(1);
        keepSomething(peers, 50, 100, 20);
        for (Path snapshot : files("snapshot.")) {
            byte[] content = Files.readAllBytes(snapshot);
            content[content.length / 2] ^= 1;
            Files.write(snapshot, content);
        }
        isRefused(alone(peers), "snapshot.", "damaged (wrong checksum)", "restore the folder");
    }

    @Test
    void aSnapshotThatWasNotFinishedIsRemoved() throws IOException {
        List<ControllerPeer> peers = RatisGroups.peers(1);
        keepSomething(peers, 50, 100, 20);
        Path unfinished = files("snapshot.").getFirst().resolveSibling("snapshot.9_99.unfinished");
        Files.writeString(unfinished, "half");
        RatisGroups.open(alone(peers), listener).close();
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void aHalfWrittenLastEntryIsCut() throws IOException {
        List<ControllerPeer> peers = RatisGroups.peers(1);
        keepSomething(peers, 3, 20_000, RARELY);
        Path segment = openSegment();
        byte[] content = Files.readAllBytes(segment);
        byte[] torn = new byte[content.length + 50_000];
        System.arraycopy(content, 0, torn, 0, (content.length - 100) / 4_096 * 4_096);
        Files.write(segment, torn);
        try (MetadataLog log = RatisGroups.open(alone(peers), listener)) {
            Eventually.holds("it is active", () -> log.activity().active());
            assertThat(listener.commandsWhenActivated()).isEqualTo(numbered("x".repeat(20_000), 2));
        }
    }

    @Test
    void aDamagedEntryIsRefused() throws IOException {
        List<ControllerPeer> peers = RatisGroups.peers(1);
        keepSomething(peers, 3, 20_000, RARELY);
        Path segment = openSegment();
        byte[] content = Files.readAllBytes(segment);
        content[content.length / 2] ^= 1;
        Files.write(segment, content);
        isRefused(alone(peers), "corrupted", "nothing was changed");
    }

    @Test
    void noThreadThatKeepsTheProcessAliveIsLeft() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        RatisGroups.start(folder, 3, RARELY).close();
        Eventually.holds(
                "only daemons are left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .allMatch(thread -> thread.isDaemon() || before.contains(thread)));
    }

    private Path openSegment() throws IOException {
        return files("log_inprogress_").getFirst();
    }

    private Set<String> names(String prefix) throws IOException {
        return files(prefix).stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }

    /** The controller's files whose names begin so, without the digests beside snapshots. */
    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> !file.getFileName().toString().endsWith(".md5"))
                    .toList();
        }
    }
}
