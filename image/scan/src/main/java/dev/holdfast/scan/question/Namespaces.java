package dev.holdfast.scan.question;

import dev.holdfast.inventory.Distribution;
import dev.holdfast.inventory.PackageType;
import java.util.List;
import java.util.Optional;

/** Which namespace of the advisory base speaks of what: the join between os-release and advisories. */
final class Namespaces {
    /** Debian's codenames for releases whose os-release may lack a version: testing and unstable images. */
    private static final List<String> DEBIAN_CODENAMES = List.of("bullseye", "bookworm", "trixie", "forky", "duke");

    private static final int FIRST_CODENAME = 11;

    private Namespaces() {}

    /** The namespace of a distribution's own advisories; empty when no source keys by it. */
    static Optional<String> of(Distribution distribution) {
        String id = distribution.id();
        String version = distribution.version();
        return switch (id) {
            case "debian" -> debian(distribution);
            case "ubuntu", "photon", "azurelinux", "mariner", "sles", "opensuse-leap" ->
                version.isEmpty() ? Optional.empty() : Optional.of(id + ":" + version);
            case "sled", "sles_sap", "sle_hpc" -> version.isEmpty() ? Optional.empty() : Optional.of("sles:" + version);
            case "sle-micro", "sl-micro" -> version.isEmpty() ? Optional.empty() : Optional.of(id + ":" + version);
            case "alpine" -> alpine(distribution);
            case "wolfi", "chainguard", "arch", "bottlerocket", "opensuse-tumbleweed" -> Optional.of(id);
            case "amzn" -> amazon(version);
            case "openeuler" -> openEuler(distribution);
            case "rhel", "centos", "almalinux", "rocky", "ol", "fedora" -> byMajor(id, version);
            default -> Optional.empty();
        };
    }

    /**
     * Another distribution's namespace that may be asked when a distribution has no advisories of its own: CentOS is rebuilt from Red Hat's
     * sources with the same versions, so Red Hat's statements are used for it, and named as such.
     */
    static Optional<String> borrowed(String namespace) {
        return namespace.startsWith("centos:")
                ? Optional.of("rhel:" + namespace.substring("centos:".length()))
                : Optional.empty();
    }

    /** The namespace of a language's packages: its package-URL type, with two exceptions. */
    static String of(PackageType type) {
        if (type == PackageType.GITHUB) {
            return "githubactions";
        }
        // A program that no package manager knows has only the name of its product.
        return type == PackageType.GENERIC ? "cpe" : type.word();
    }

    private static Optional<String> debian(Distribution distribution) {
        if (!distribution.version().isEmpty()) {
            return Optional.of("debian:" + before(distribution.version(), '.'));
        }
        String codename = distribution.codename().orElse("");
        if (codename.equals("sid") || distribution.name().endsWith("/sid")) {
            return Optional.of("debian:sid");
        }
        int index = DEBIAN_CODENAMES.indexOf(codename);
        return index < 0 ? Optional.empty() : Optional.of("debian:" + (FIRST_CODENAME + index));
    }

    /** {@code 3.10.2} is of branch 3.10; {@code 3.21.0_alpha20240923} is edge, which is ahead of every branch. */
    private static Optional<String> alpine(Distribution distribution) {
        String version = distribution.version();
        if (version.contains("_alpha")
                || version.equals("edge")
                || distribution.name().endsWith(" edge")) {
            return Optional.of("alpine:edge");
        }
        int dot = version.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        int second = version.indexOf('.', dot + 1);
        return Optional.of("alpine:" + (second < 0 ? version : version.substring(0, second)));
    }

    /** Amazon Linux 1 calls itself by its date, {@code 2018.03}. */
    private static Optional<String> amazon(String version) {
        if (version.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(version.startsWith("201") ? "amzn:1" : "amzn:" + before(version, '.'));
    }

    /** Its service pack stands only in the name: {@code openEuler 20.03 (LTS-SP3)}. */
    private static Optional<String> openEuler(Distribution distribution) {
        int open = distribution.name().indexOf('(');
        int close = distribution.name().indexOf(')', open + 1);
        if (distribution.version().isEmpty()) {
            return Optional.empty();
        }
        String pack = open < 0 || close < 0 ? "" : "-" + distribution.name().substring(open + 1, close);
        return Optional.of("openeuler:" + distribution.version() + pack);
    }

    private static Optional<String> byMajor(String id, String version) {
        return version.isEmpty() ? Optional.empty() : Optional.of(id + ":" + before(version, '.'));
    }

    private static String before(String text, char end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }
}
