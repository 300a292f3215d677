package dev.holdfast.advisory;

import dev.holdfast.version.Scheme;
import java.util.Optional;

/**
 * Which version order a namespace has. The part before the colon decides: an os-release id or a package-URL type. A namespace not listed
 * here, and {@code cpe}, is compared by the {@link Scheme#GENERIC generic} order.
 */
public final class NamespaceScheme {
    private NamespaceScheme() {}

    /** The scheme of the versions in a namespace. */
    public static Scheme of(String namespace) {
        int colon = namespace.indexOf(':');
        String head = colon < 0 ? namespace : namespace.substring(0, colon);
        return switch (head) {
            case "debian", "ubuntu", "raspbian", "kali", "linuxmint", "devuan" -> Scheme.DEB;
            case "alpine",
                    "wolfi",
                    "chainguard",
                    "minimos",
                    "alpaquita",
                    "bellsoft-hardened-containers",
                    "postmarketos" -> Scheme.APK;
            case "almalinux",
                    "rhel",
                    "centos",
                    "rocky",
                    "ol",
                    "amzn",
                    "sles",
                    "sled",
                    "sles_sap",
                    "sle-micro",
                    "sl-micro",
                    "sle_hpc",
                    "suse",
                    "opensuse",
                    "opensuse-leap",
                    "opensuse-leap-micro",
                    "opensuse-tumbleweed",
                    "photon",
                    "azurelinux",
                    "mariner",
                    "fedora",
                    "openEuler",
                    "openeuler",
                    "bottlerocket",
                    "mageia" -> Scheme.RPM;
            case "arch", "archarm", "manjaro" -> Scheme.PACMAN;
            case "gentoo" -> Scheme.PORTAGE;
            case "bitnami" -> Scheme.SEMVER;
            case "cpe" -> Scheme.GENERIC;
            default -> ofPackageType(head);
        };
    }

    private static Scheme ofPackageType(String type) {
        Optional<Scheme> scheme = Scheme.ofWord(type);
        return scheme.orElse(Scheme.GENERIC);
    }
}
