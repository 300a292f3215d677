package dev.holdfast.inventory.java;

import dev.holdfast.archive.zip.ZipArchive;
import java.util.List;
import java.util.Locale;

/** Which files are Java archives, told by the ends of their names. */
final class ArchiveKind {
    /**
     * The jar and its kin: web, enterprise and connector archives, Jenkins plug-ins (hpi, jpi), JBoss services (sar), NiFi bundles
     * (nar), Karaf features (kar), Liferay packages (lpkg), Android libraries (aar), and the rarer par, far and zap.
     */
    private static final List<String> EXTENSIONS = List.of(
            ".jar", ".war", ".ear", ".par", ".hpi", ".jpi", ".sar", ".nar", ".kar", ".far", ".rar", ".aar", ".zap",
            ".lpkg");

    /** Those that nothing but a Java archive is called: one that cannot be opened is worth a word. */
    private static final List<String> CERTAIN = List.of(".jar", ".war", ".ear", ".hpi", ".jpi");

    private ArchiveKind() {}

    /** Asked for every file of an image: the last letter turns nearly all away. */
    static boolean isArchive(String path) {
        return switch (path.charAt(path.length() - 1)) {
            case 'r', 'R', 'i', 'I', 'g', 'G', 'p', 'P' -> endsWithOneOf(path, EXTENSIONS);
            default -> false;
        };
    }

    /** Whether the name leaves no doubt; {@code .rar} or {@code .sar} may be anything. */
    static boolean isCertain(String path) {
        return endsWithOneOf(path, CERTAIN);
    }

    static boolean isZip(String path) {
        return path.regionMatches(true, path.length() - 4, ".zip", 0, 4);
    }

    /** The same for an entry inside an archive, told from its bytes. */
    static boolean isArchive(ZipArchive archive, int entry) {
        for (String extension : EXTENSIONS) {
            if (archive.nameEndsWith(entry, extension)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWithOneOf(String path, List<String> extensions) {
        int dot = path.lastIndexOf('.');
        return dot >= 0 && extensions.contains(path.substring(dot).toLowerCase(Locale.ROOT));
    }
}
