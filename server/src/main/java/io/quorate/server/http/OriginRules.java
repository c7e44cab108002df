package io.quorate.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of other sites from using a browser against this server: a request must address it by a name that is
 * its own, and a change that a browser sends must come from its own pages.
 *
 * <p>An IP address is always its own: only a name can be pointed at this server by somebody else.
 */
final class OriginRules {
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9a-f:.]{2,45}]|[^\\[\\]:/@\\s]{1,253})(:\\d{0,5})?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int MAX_REMEMBERED = 64;

    private final Set<String> allowedNames;
    private final Set<String> remembered = new HashSet<>();

    OriginRules(Set<String> allowedNames) {
        this.allowedNames = allowedNames;
    }

    /** Why the request is refused, if it is. */
    Optional<Refusal> check(HttpServerRequest request, Target target) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null ? request.version() != HttpVersion.HTTP_1_0 : !isOwn(host)) {
            return Optional.of(wrongHost(host));
        }
        if (host != null && request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return Optional.of(Refusal.badRequest("The request has more than one Host header."));
        }
        if (!target.authority().isEmpty() && !isOwn(target.authority())) {
            return Optional.of(wrongHost(target.authority()));
        }
        return isSafe(request.method().name()) ? Optional.empty() : checkOrigin(request, host);
    }

    private static boolean isSafe(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private static Optional<Refusal> checkOrigin(HttpServerRequest request, @Nullable String host) {
        List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
        if (origins.isEmpty()) {
            return Optional.empty();
        }
        String origin = origins.getFirst().toLowerCase(Locale.ROOT);
        String own = host == null ? "" : host.toLowerCase(Locale.ROOT);
        boolean same = origins.size() == 1 && (origin.equals("http://" + own) || origin.equals("https://" + own));
        return same
                ? Optional.empty()
                : Optional.of(Refusal.badRequest("The request comes from a page of another site ('"
                        + Refusal.shown(origin) + "'), which may not change anything here. Nothing was done."));
    }

    private boolean isOwn(String authority) {
        if (remembered.contains(authority)) {
            return true;
        }
        boolean own = isOwnName(authority.toLowerCase(Locale.ROOT));
        if (own && remembered.size() < MAX_REMEMBERED) {
            remembered.add(authority);
        }
        return own;
    }

    private boolean isOwnName(String authority) {
        var parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return false;
        }
        String name = parts.group(1);
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return bare.startsWith("[")
                || IPV4.matcher(bare).matches()
                || bare.equals("localhost")
                || bare.endsWith(".localhost")
                || allowedNames.contains(bare);
    }

    private static Refusal wrongHost(@Nullable String host) {
        return Refusal.badRequest(
                host == null
                        ? "The request has no Host header."
                        : "The host '" + Refusal.shown(host) + "' is not a name of this server. Use its address or"
                                + " localhost, or add the name to its allowed hosts.");
    }
}
