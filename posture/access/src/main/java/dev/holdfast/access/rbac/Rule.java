package dev.holdfast.access.rbac;

import dev.holdfast.manifest.kubernetes.Origin;
import java.util.List;

/**
 * One rule of a role. Matching is literal and sensitive to case, as the server does it: a resource name in the singular grants nothing.
 *
 * @param verbs {@code *} is every verb
 * @param apiGroups the empty string is the core group, {@code *} every group
 * @param resources {@code *} is everything with all subresources, {@code *}{@code /scale} that subresource of everything; {@code pods/*} is
 *     no wildcard, and grants nothing that exists
 * @param resourceNames when there are any, only these objects; a request without a name (list, create) is then refused
 * @param nonResourceUrls {@code *} at the end stands for any rest
 * @param writer the name of the role in which it is written; another one than the role's own where roles are aggregated
 */
public record Rule(
        List<String> verbs,
        List<String> apiGroups,
        List<String> resources,
        List<String> resourceNames,
        List<String> nonResourceUrls,
        String writer,
        Origin origin) {
    static final String ALL = "*";

    public Rule {
        verbs = List.copyOf(verbs);
        apiGroups = List.copyOf(apiGroups);
        resources = List.copyOf(resources);
        resourceNames = List.copyOf(resourceNames);
        nonResourceUrls = List.copyOf(nonResourceUrls);
    }

    /** Whether this rule alone allows the request. */
    public boolean allows(Request request) {
        return switch (request) {
            case Request.OnResource on ->
                has(verbs, on.verb())
                        && has(apiGroups, on.apiGroup())
                        && hasResource(on)
                        && (resourceNames.isEmpty() || resourceNames.contains(on.name()));
            case Request.OnUrl on -> has(verbs, on.verb()) && coversUrl(on.path());
        };
    }

    private static boolean has(List<String> allowed, String asked) {
        return allowed.contains(ALL) || allowed.contains(asked);
    }

    private boolean hasResource(Request.OnResource on) {
        return resources.contains(ALL)
                || resources.contains(on.resourcePath())
                || !on.subresource().isEmpty() && resources.contains("*/" + on.subresource());
    }

    boolean coversUrl(String path) {
        for (String url : nonResourceUrls) {
            if (url.equals(path) || url.endsWith(ALL) && path.startsWith(withoutStars(url))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutStars(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '*') {
            end--;
        }
        return url.substring(0, end);
    }

    /** Whether it grants every verb on every object of every group. */
    public boolean isEverything() {
        return verbs.contains(ALL) && apiGroups.contains(ALL) && resources.contains(ALL) && resourceNames.isEmpty();
    }
}
