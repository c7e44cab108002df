package io.quorate.server.log;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Moves the files of a log that cannot be used into a folder of their own, all or none: the folder bears another name
 * until everything is in it, and opening the log first finishes a move that was interrupted.
 */
final class SetAside {
    private static final String PREFIX = "aside-";
    private static final String UNFINISHED = ".moving";
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9.:-]{1,100}");

    private SetAside() {}

    /** Moves them into a new folder and returns its name. */
    static String move(LogFiles files, String label) throws IOException {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("the label \"" + label + "\" must be letters, digits, '.', ':' or '-'");
        }
        String folder = PREFIX + label;
        if (files.names().contains(folder)) {
            throw new IOException("there is already a folder " + folder + " beside the log: give another label");
        }
        files.createFolder(folder + UNFINISHED);
        files.sync();
        finish(files);
        return folder;
    }

    /** Finishes what an interrupted move has left to do. */
    static void finish(LogFiles files) throws IOException {
        List<String> names = files.names();
        for (String folder : names) {
            if (folder.startsWith(PREFIX) && folder.endsWith(UNFINISHED)) {
                for (String name : names) {
                    if (SegmentNames.isOfLog(name)) {
                        files.rename(name, folder + "/" + name);
                    }
                }
                files.sync();
                files.rename(folder, folder.substring(0, folder.length() - UNFINISHED.length()));
                files.sync();
            }
        }
    }
}
