package dev.holdfast.policy.typing;

import java.util.Comparator;

/** A kind of object that an API server has. */
record Kind(String group, String version, String plural, String singular, String name, Shape.Structure shape) {
    /** The order in which the server tells them. */
    static final Comparator<Kind> ORDER =
            Comparator.comparing(Kind::group).thenComparing(Kind::version).thenComparing(Kind::name);

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Whether rules mean it by these words. No group means any, as the server's look-up has it. */
    boolean isMeantBy(String wantedGroup, String wantedVersion, String resource) {
        return (wantedGroup.isEmpty() || wantedGroup.equals(group))
                && wantedVersion.equals(version)
                && (resource.equals(plural) || resource.equals(singular));
    }

    /** As the server writes it. */
    String shown() {
        return group + "/" + version + ", Kind=" + name;
    }
}
