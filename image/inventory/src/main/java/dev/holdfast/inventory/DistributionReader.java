package dev.holdfast.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which distribution a target says it is. The first of these files that names one is believed: {@code os-release} at its two
 * places, then the files of the time before it, the vendor's own before those that it keeps for compatibility (Ubuntu has a
 * {@code debian_version}, Oracle a {@code redhat-release}).
 */
final class DistributionReader {
    private static final List<String> OS_RELEASE = List.of("/etc/os-release", "/usr/lib/os-release");
    private static final String ALPINE = "/etc/alpine-release";
    private static final String LSB = "/etc/lsb-release";
    private static final String DEBIAN = "/etc/debian_version";
    private static final List<String> NAMED = List.of(
            "/etc/oracle-release",
            "/etc/centos-release",
            "/etc/rocky-release",
            "/etc/almalinux-release",
            "/etc/fedora-release",
            "/etc/system-release",
            "/etc/redhat-release",
            "/etc/SuSE-release",
            "/etc/photon-release");

    /** Where Fedora and its like keep the files that {@code /usr/lib/os-release} links to, one an edition. */
    private static final String EDITIONS = "/usr/lib/os.release.d/";

    /** Honest files have a few hundred bytes. */
    private static final long MOST_BYTES = 1 << 16;

    private final Set<String> paths;

    DistributionReader() {
        paths = new HashSet<>(NAMED);
        paths.addAll(OS_RELEASE);
        paths.addAll(List.of(ALPINE, LSB, DEBIAN));
    }

    boolean reads(String path) {
        return path.startsWith("/etc/") && path.length() < 32 && paths.contains(path)
                || path.startsWith("/usr/lib/os") && (paths.contains(path) || path.startsWith(EDITIONS));
    }

    Optional<Distribution> read(FileTree tree, Gaps gaps) throws IOException {
        for (String path : OS_RELEASE) {
            Optional<Distribution> found = content(path, tree, gaps)
                    .flatMap(bytes -> OsRelease.parse(bytes).distribution(path));
            if (found.isPresent()) {
                return found;
            }
        }
        Optional<Distribution> found =
                content(ALPINE, tree, gaps).flatMap(bytes -> ReleaseText.alpine(text(bytes), ALPINE));
        if (found.isEmpty()) {
            found = content(LSB, tree, gaps).flatMap(bytes -> ReleaseText.lsb(OsRelease.parse(bytes), LSB));
        }
        for (int i = 0; i < NAMED.size() && found.isEmpty(); i++) {
            String path = NAMED.get(i);
            found = content(path, tree, gaps).flatMap(bytes -> ReleaseText.named(text(bytes), path));
        }
        if (found.isEmpty()) {
            found = content(DEBIAN, tree, gaps).flatMap(bytes -> ReleaseText.debian(text(bytes), DEBIAN));
        }
        return found;
    }

    private static Optional<byte[]> content(String path, FileTree tree, Gaps gaps) throws IOException {
        Optional<FileVersion> file = tree.resolve(path);
        if (file.isEmpty() || file.get().type() != FileType.REGULAR) {
            return Optional.empty();
        }
        try {
            return Optional.of(tree.content(file.get()).readAll(MOST_BYTES));
        } catch (InputException unreadable) {
            gaps.add(Gap.Code.UNREADABLE, path, unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
