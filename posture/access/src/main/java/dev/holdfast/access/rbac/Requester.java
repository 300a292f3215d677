package dev.holdfast.access.rbac;

import java.util.ArrayList;
import java.util.List;

/**
 * Who asks: a user name and the groups that come with it. A service account is the user {@code system:serviceaccount:NAMESPACE:NAME}.
 *
 * @param user empty for somebody of whom only the groups are known
 */
public record Requester(String user, List<String> groups) {
    static final String MASTERS = "system:masters";
    private static final String AUTHENTICATED = "system:authenticated";
    private static final String ACCOUNT_PREFIX = "system:serviceaccount:";

    public Requester {
        groups = List.copyOf(groups);
    }

    /** A user with the groups that the server itself adds: authenticated or not, and those of service accounts. */
    public static Requester ofUser(String user) {
        if (user.equals("system:anonymous")) {
            return new Requester(user, List.of("system:unauthenticated"));
        }
        List<String> groups = new ArrayList<>();
        String[] parts = user.split(":", -1);
        if (parts.length == 4 && user.startsWith(ACCOUNT_PREFIX)) {
            groups.add("system:serviceaccounts");
            groups.add("system:serviceaccounts:" + parts[2]);
        }
        groups.add(AUTHENTICATED);
        return new Requester(user, groups);
    }

    public static Requester ofServiceAccount(String namespace, String name) {
        return ofUser(ACCOUNT_PREFIX + namespace + ":" + name);
    }

    /** A member of a group of whom nothing else is known. */
    public static Requester ofGroup(String group) {
        boolean isAnybody = group.equals("system:unauthenticated") || group.equals(AUTHENTICATED);
        return new Requester("", isAnybody ? List.of(group) : List.of(group, AUTHENTICATED));
    }

    /**
     * Somebody as people write them: {@code user:NAME}, {@code group:NAME}, {@code serviceaccount:NAMESPACE/NAME} (or {@code sa:}), or a
     * plain user name, {@code system:serviceaccount:NAMESPACE:NAME} included.
     */
    public static Requester named(String word) {
        int colon = word.indexOf(':');
        String kind = colon < 0 ? "" : word.substring(0, colon);
        String name = word.substring(colon + 1);
        int slash = name.indexOf('/');
        return switch (kind) {
            case "user" -> ofUser(name);
            case "group" -> ofGroup(name);
            case "serviceaccount", "sa" ->
                slash < 0
                        ? ofServiceAccount("default", name)
                        : ofServiceAccount(name.substring(0, slash), name.substring(slash + 1));
            default -> ofUser(word);
        };
    }

    /** The same one with exactly these groups. */
    public Requester with(List<String> others) {
        return new Requester(user, others);
    }

    /** For people: {@code user alice}, {@code group ops}, {@code service account shop/web}. */
    public String described() {
        if (user.isEmpty()) {
            return "group " + (groups.isEmpty() ? "" : groups.getFirst());
        }
        String[] parts = user.split(":", -1);
        return parts.length == 4 && user.startsWith(ACCOUNT_PREFIX)
                ? "service account " + parts[2] + "/" + parts[3]
                : "user " + user;
    }

    /** Whether the server lets it do everything before RBAC is asked. */
    public boolean isMaster() {
        return groups.contains(MASTERS);
    }

    /** Whether this is a kubelet, of which the Node authorizer decides beside RBAC. */
    public boolean isNode() {
        return user.startsWith("system:node:") && groups.contains("system:nodes");
    }
}
