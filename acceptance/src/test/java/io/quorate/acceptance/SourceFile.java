package io.quorate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** One Java or JavaScript file of the project, its path relative to the root and with forward slashes. */
record SourceFile(String path, String text) {

    private static final Set<String> FOLDERS_OF_OTHERS = Set.of("target", "vendor", "node_modules", "quorate-data");

    /** Every source file under the project's root, in the order of their paths. */
    static List<SourceFile> all() {
        Path root = projectRoot();
        List<SourceFile> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return isOurs(root, folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".java") || name.endsWith(".js") || name.endsWith(".mjs")) {
                        String path = root.relativize(file).toString().replace('\\', '/');
                        found.add(new SourceFile(path, Files.readString(file)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        found.sort(Comparator.comparing(SourceFile::path));
        return List.copyOf(found);
    }

    List<String> lines() {
        return text.lines().toList();
    }

    String module() {
        return path.substring(0, Math.max(0, path.indexOf('/')));
    }

    String folder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    private static boolean isOurs(Path root, Path folder) {
        String name = folder.getFileName().toString();
        return folder.equals(root) || (!name.startsWith(".") && !FOLDERS_OF_OTHERS.contains(name));
    }

    private static Path projectRoot() {
        Path folder = Path.of("").toAbsolutePath();
        for (Path candidate = folder; candidate != null; candidate = candidate.getParent()) {
            if (Files.exists(candidate.resolve("acceptance/pom.xml"))) {
                return candidate;
            }
        }
        throw new IllegalStateException("No folder above " + folder + " holds acceptance/pom.xml");
    }
}
