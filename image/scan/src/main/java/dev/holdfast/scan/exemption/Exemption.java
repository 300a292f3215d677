package dev.holdfast.scan.exemption;

import dev.holdfast.core.PackageUrl;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A decision that some findings do not count.
 *
 * @param ids identifiers of flaws, any of their names; empty: every finding within the scope
 * @param scope where it holds
 * @param reason why
 * @param owner who answers for it; empty when nobody is named
 * @param expires the last day on which it holds; empty: for ever
 * @param justification OpenVEX's label when the reason is that the flaw does not affect, and not that the risk is accepted; empty otherwise
 * @param place file and line of the rule, for messages
 */
public record Exemption(
        List<String> ids,
        Scope scope,
        String reason,
        String owner,
        Optional<LocalDate> expires,
        String justification,
        String place) {
    public Exemption {
        ids = List.copyOf(ids);
    }

    /**
     * Where an exemption holds. What is empty does not narrow it.
     *
     * @param packageName a package URL (version and qualifiers narrow it where they stand), a name, or {@code name@version}; {@code *} for
     *     any part of a name
     * @param path pattern of paths: {@code *} within a folder, {@code **} across folders. It holds for a finding all of whose places match
     * @param target pattern of the target's name, tag or digest
     */
    public record Scope(String packageName, String path, String target) {
        /** Nothing narrows it. */
        public static final Scope ALL = new Scope("", "", "");

        /** The package as a package URL; empty when it is named otherwise, or not at all. */
        public Optional<PackageUrl> purl() {
            return packageName.startsWith("pkg:") ? PackageUrl.parse(packageName) : Optional.empty();
        }
    }

    /** Whether it no longer holds on that day. */
    public boolean hasExpired(LocalDate day) {
        return expires.map(last -> last.isBefore(day)).orElse(false);
    }
}
