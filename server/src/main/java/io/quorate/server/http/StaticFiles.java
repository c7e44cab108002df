package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of the web UI, read once from the class path; nothing else can be asked for. */
final class StaticFiles {
    /** The page may load its own scripts and styles and talk to its own server, nothing else. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String FOLDER = "/ui/";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    private record StaticFile(String type, Bytes content, String tag) {}

    private final Map<String, StaticFile> files = new TreeMap<>();

    /** Reads the files that the list {@code /ui/files.txt} names. */
    StaticFiles() {
        String list = new String(read("files.txt").toArray(), java.nio.charset.StandardCharsets.UTF_8);
        list.lines().filter(name -> !name.isBlank()).forEach(name -> files.put(FOLDER + name, file(name)));
    }

    private static StaticFile file(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("no media type for " + name);
        }
        Bytes content = read(name);
        return new StaticFile(type, content, ClusterDocument.tagOf(content));
    }

    private static Bytes read(String name) {
        try (@Nullable InputStream stream = StaticFiles.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException("the build has no file " + FOLDER + name);
            }
            return Bytes.wrap(stream.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    boolean has(String path) {
        return files.containsKey(path);
    }

    /** Answers the file under a path that has one. */
    void answer(Exchange exchange, String path) {
        StaticFile file = Objects.requireNonNull(files.get(path), path);
        exchange.with(HttpHeaders.ETAG, file.tag())
                .with(HttpHeaders.CACHE_CONTROL, "no-cache")
                .with("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .with("Referrer-Policy", "no-referrer")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin");
        if (EntityTags.match(exchange.list(HttpHeaders.IF_NONE_MATCH), file.tag())) {
            exchange.empty(304);
        } else {
            exchange.end(200, file.type(), file.content());
        }
    }
}
