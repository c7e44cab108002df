package io.quorate.server.metadata;

import io.quorate.server.metadata.PeersFile.Membership;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Collectors;

/** One controller's folder, held against other processes and checked to belong to the group that it is opened for. */
final class MetadataFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lockFile;

    private MetadataFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    static MetadataFolder open(MetadataLogSettings settings) throws IOException, MetadataLogRefused {
        Path folder = settings.folder();
        Files.createDirectories(folder);
        FileChannel lockFile =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(folder, lockFile);
            check(folder, Membership.of(settings));
            return new MetadataFolder(folder, lockFile);
        } catch (IOException | MetadataLogRefused | RuntimeException refused) {
            lockFile.close();
            throw refused;
        }
    }

    private static void lock(Path folder, FileChannel lockFile) throws IOException, MetadataLogRefused {
        FileLock lock = null;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            // Answered below like a lock that another process holds.
        }
        if (lock == null) {
            throw new MetadataLogRefused("Folder " + folder
                    + " is in use by another controller: stop that one first, or give this one a folder of its own");
        }
    }

    private static void check(Path folder, Membership wanted) throws IOException, MetadataLogRefused {
        Optional<Membership> found = PeersFile.read(folder);
        if (found.isPresent() && !compatible(found.get(), wanted)) {
            throw new MetadataLogRefused("Folder " + folder + " was created for " + describe(found.get()) + ", not for "
                    + describe(wanted) + "; nothing was changed: start with the former, or with another folder");
        }
        if (found.isEmpty() && Files.exists(folder.resolve("raft"))) {
            throw new MetadataLogRefused("Folder " + folder + " holds a metadata log but its file '"
                    + PeersFile.in(folder).getFileName() + "' is missing; nothing was changed: restore the folder");
        }
        if (!found.equals(Optional.of(wanted))) {
            PeersFile.write(folder, wanted);
        }
    }

    /** The addresses matter to the others only: a controller that is alone may change its own. */
    private static boolean compatible(Membership found, Membership wanted) {
        boolean bothAlone = found.peers().size() == 1 && wanted.peers().size() == 1;
        return found.groupName().equals(wanted.groupName())
                && found.controllerId().equals(wanted.controllerId())
                && (bothAlone || found.peers().equals(wanted.peers()));
    }

    private static String describe(Membership membership) {
        String peers = membership.peers().stream()
                .map(peer -> peer.id() + "=" + peer.address())
                .collect(Collectors.joining(","));
        return "controller " + membership.controllerId() + " of "
                + membership.peers().size() + " (" + peers + ") in cluster '" + membership.groupName() + "'";
    }

    /** Where Ratis keeps its files. */
    Path storage() {
        return folder.resolve("raft");
    }

    /** Lets other processes use the folder. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
