package dev.holdfast.core;

import java.util.Locale;

/** What single package-URL types ask beyond the common form, as the specification's type definitions say. */
final class PackageUrlRules {
    private PackageUrlRules() {}

    static String namespace(String type, String namespace) {
        return switch (type) {
            case "alpm", "apk", "bitbucket", "composer", "deb", "github", "golang", "hex", "npm", "qpkg", "rpm" ->
                namespace.toLowerCase(Locale.ROOT);
            default -> namespace;
        };
    }

    static String name(String type, String name) {
        return switch (type) {
            case "alpm",
                    "apk",
                    "bitbucket",
                    "bitnami",
                    "composer",
                    "deb",
                    "github",
                    "golang",
                    "hex",
                    "npm",
                    "oci",
                    "pub" -> name.toLowerCase(Locale.ROOT);
            case "pypi" -> name.toLowerCase(Locale.ROOT).replace('_', '-');
            default -> name;
        };
    }

    /** A Hugging Face version is a commit in hexadecimal. */
    static String version(String type, String version) {
        return type.equals("huggingface") ? version.toLowerCase(Locale.ROOT) : version;
    }

    /** A Swift package is named by where its sources lie. */
    static boolean needsNamespace(String type) {
        return type.equals("swift");
    }
}
