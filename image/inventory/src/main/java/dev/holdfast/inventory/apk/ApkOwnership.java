package dev.holdfast.inventory.apk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.AskedFiles;
import dev.holdfast.inventory.Ownership;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the folders ({@code F:}) and files ({@code R:}) in apk's database, which has the form that {@link InstalledFile} tells. */
public final class ApkOwnership implements Ownership {
    @Override
    public String name() {
        return "apk";
    }

    /** The database is read by {@link ApkCataloger} already. */
    @Override
    public boolean reads(String path) {
        return false;
    }

    @Override
    public Map<String, String> ownersOf(Set<String> files, FileTree tree, Limits limits)
            throws InputException, IOException {
        AskedFiles asked = new AskedFiles(files, tree);
        for (String place : ApkCataloger.PLACES) {
            Optional<FileVersion> file = tree.resolve(place);
            if (file.isPresent() && file.get().type() == FileType.REGULAR) {
                lines(tree.content(file.get()).readAll(limits.fileBytes()), asked);
            }
        }
        return asked.owners();
    }

    private static void lines(byte[] bytes, AskedFiles asked) {
        String owner = "";
        String folder = "/";
        int at = 0;
        while (at < bytes.length) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (end - at > 1 && bytes[at + 1] == ':') {
                switch (bytes[at]) {
                    case 'P' -> owner = text(bytes, at, end);
                    case 'F' -> folder = end == at + 2 ? "/" : "/" + text(bytes, at, end) + "/";
                    case 'R' -> {
                        if (asked.mayHold(AskedFiles.hash(bytes, at + 2, end))) {
                            asked.claim(folder + text(bytes, at, end), owner);
                        }
                    }
                    default -> {
                        // no place of a file
                    }
                }
            }
            at = end + 1;
        }
    }

    private static String text(byte[] bytes, int at, int end) {
        return new String(bytes, at + 2, end - at - 2, UTF_8);
    }
}
