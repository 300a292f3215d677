package dev.holdfast.advisory.feed;

import java.util.Locale;

/** Package names as their namespace's package-URL type normalises them. */
public final class PackageNames {
    private PackageNames() {}

    /**
     * PyPI: lower case, runs of {@code -}, {@code _} and {@code .} are one {@code -} (PEP 503). NuGet, Composer, Bitnami and GitHub
     * Actions ignore case. Everywhere else a name is what it is; npm's old names with capitals are other packages.
     */
    public static String normalised(String namespace, String name) {
        return switch (namespace) {
            case "pypi" -> pypi(name);
            case "nuget", "composer", "bitnami", "githubactions", "hex", "pub" -> name.toLowerCase(Locale.ROOT);
            default -> name;
        };
    }

    private static String pypi(String name) {
        StringBuilder normal = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean separator = c == '-' || c == '_' || c == '.';
            if (!separator) {
                normal.append(Character.toLowerCase(c));
            } else if (normal.isEmpty() || normal.charAt(normal.length() - 1) != '-') {
                normal.append('-');
            }
        }
        return normal.toString();
    }
}
