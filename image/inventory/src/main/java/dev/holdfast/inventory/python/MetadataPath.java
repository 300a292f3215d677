package dev.holdfast.inventory.python;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The places of distribution metadata:
 *
 * <pre>
 *   NAME-VERSION.dist-info/METADATA           a wheel, installed (PEP 376, 427)
 *   NAME[-VERSION[-pyX.Y]].egg-info/PKG-INFO  setuptools
 *   NAME-VERSION[-pyX.Y].egg-info             distutils: the file itself
 *   NAME-VERSION-pyX.Y.egg/EGG-INFO/PKG-INFO  an unpacked egg
 *   NAME-VERSION-pyX.Y.egg                    an egg: a zip archive with EGG-INFO/PKG-INFO inside
 * </pre>
 *
 * @param kind what the file is
 * @param folder the path of the folder that is named after the distribution, or of the file itself
 */
record MetadataPath(Kind kind, String folder) {
    /** What a metadata file is. */
    enum Kind {
        WHEEL("METADATA"),
        EGG_INFO("PKG-INFO"),
        EGG_INFO_FILE("egg-info file"),
        EGG_FOLDER("PKG-INFO of an egg"),
        ZIPPED_EGG("PKG-INFO in an egg");

        private final String evidence;

        Kind(String evidence) {
            this.evidence = evidence;
        }

        String evidence() {
            return evidence;
        }
    }

    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    static Optional<MetadataPath> of(String path) {
        if (path.endsWith(".dist-info/METADATA")) {
            return Optional.of(new MetadataPath(Kind.WHEEL, folder(path, "/METADATA")));
        }
        if (path.endsWith(".egg-info/PKG-INFO")) {
            return Optional.of(new MetadataPath(Kind.EGG_INFO, folder(path, "/PKG-INFO")));
        }
        if (path.endsWith(".egg-info")) {
            return Optional.of(new MetadataPath(Kind.EGG_INFO_FILE, path));
        }
        if (path.endsWith(".egg/EGG-INFO/PKG-INFO")) {
            return Optional.of(new MetadataPath(Kind.EGG_FOLDER, folder(path, "/EGG-INFO/PKG-INFO")));
        }
        if (path.endsWith(".egg")) {
            return Optional.of(new MetadataPath(Kind.ZIPPED_EGG, path));
        }
        return Optional.empty();
    }

    private static String folder(String path, String file) {
        return path.substring(0, path.length() - file.length());
    }

    /** The name by the folder, for metadata that forgot it; empty when the folder has none. */
    String nameOfFolder() {
        return part(0);
    }

    /** The version by the folder; empty when the folder has none. */
    String versionOfFolder() {
        return part(1);
    }

    private String part(int index) {
        String last = folder.substring(folder.lastIndexOf('/') + 1);
        String[] parts = last.substring(0, last.lastIndexOf('.')).split("-", 3);
        return index < parts.length ? parts[index] : "";
    }

    /** A copy that another distribution carries inside itself: its code is there, its own updates never arrive. */
    boolean isVendored() {
        return folder.contains("/_vendor/") || folder.contains("/_vendored_packages/") || folder.contains("/vendored/");
    }

    /** Kept by a package manager to install from: conda's packages. */
    boolean isCached() {
        int packages = folder.indexOf("/pkgs/");
        return packages >= 0 && folder.indexOf("/site-packages/", packages) > 0;
    }

    /** The one spelling of a name that all of its spellings share (PEP 503). */
    static String normalised(String name) {
        return SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
