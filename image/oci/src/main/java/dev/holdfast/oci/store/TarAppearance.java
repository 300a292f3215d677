package dev.holdfast.oci.store;

import dev.holdfast.core.SafeText;
import java.util.List;
import java.util.Set;

/** Says what a tar that is no image archive looks like. */
public final class TarAppearance {
    private static final Set<String> ROOT_FOLDERS = Set.of(
            "bin", "boot", "dev", "etc", "home", "lib", "lib64", "opt", "proc", "root", "run", "sbin", "usr", "var");

    private TarAppearance() {}

    public static String of(List<String> names) {
        if (names.isEmpty()) {
            return "no image: it is a tar without any file";
        }
        for (String name : names) {
            String first = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
            if (ROOT_FOLDERS.contains(first)) {
                return "no image archive: it looks like the tar of a root file system or of a single layer;"
                        + " unpack it and give the folder";
            }
            if (name.equals("repositories") || name.endsWith("/layer.tar")) {
                return "no complete image archive: it has layers and no manifest.json; save the image again";
            }
        }
        return "no image archive: it is a tar without manifest.json or index.json, it begins with "
                + SafeText.of(names.getFirst());
    }
}
