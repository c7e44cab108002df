package io.quorate.server.log;

import java.io.IOException;
import java.util.List;

/**
 * The folder that holds a log's files. Opening is allowed from any thread; whatever changes names comes from one thread
 * at a time.
 */
interface LogFiles {
    /** The names of the files and folders directly in it. */
    List<String> names() throws IOException;

    /** Opens an existing file for reading and for block writes in place. */
    SegmentFile open(String name) throws IOException;

    /** Makes a new, empty file that is going to be filled; an existing one is an error. */
    SegmentFile create(String name) throws IOException;

    /** Gives a file or folder another name, at once or not at all; the new name may lie in a folder made before. */
    void rename(String name, String newName) throws IOException;

    /** Removes a file. */
    void delete(String name) throws IOException;

    /** Makes a folder in the folder, unless it is there. */
    void createFolder(String name) throws IOException;

    /** When it returns, all changes of names survive a crash; until then a crash may undo any of them. */
    void sync() throws IOException;

    /** The bytes that the file system still has for this process, or -1 when it does not say. */
    long freeBytes();
}
