package io.quorate.server.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A log file on a real disk. */
final class DiskSegmentFile implements SegmentFile {
    private final FileChannel channel;
    private final boolean writesAreDurable;

    /** {@code writesAreDurable}: the channel was opened so that a write returns when it is on disk. */
    DiskSegmentFile(FileChannel channel, boolean writesAreDurable) {
        this.channel = channel;
        this.writesAreDurable = writesAreDurable;
    }

    @Override
    public long sizeBytes() throws IOException {
        return channel.size();
    }

    @Override
    public void read(ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count <= 0) {
                throw new EOFException("the file ends at byte " + at);
            }
            at += count;
        }
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += channel.write(source, at);
        }
    }

    @Override
    public void sync() throws IOException {
        if (!writesAreDurable) {
            channel.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
