package dev.holdfast.inventory.application;

import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the paths of the Nix store: {@code /nix/store/HASH-NAME-VERSION[-OUTPUT]}, a folder or a file for each. The version begins behind
 * the first hyphen that no letter follows, as Nix itself tells it. What has none there is no package but a script, a patch or the like.
 */
public final class NixCataloger implements Cataloger {
    private static final String STORE = "/nix/store";

    /** Base 32, 160 bits. */
    private static final int HASH = 32;

    private static final Set<String> OUTPUTS =
            Set.of("bin", "dev", "lib", "out", "man", "doc", "info", "static", "devdoc", "debug", "dist", "data");

    @Override
    public String name() {
        return "nix";
    }

    @Override
    public List<String> places() {
        return List.of(STORE);
    }

    @Override
    public boolean readsFolders() {
        return true;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads("Nix", "`/nix/store/*`", "every store path whose name has a version, outputs as one"));
    }

    /** Only what stands right in the store, and there every folder; the reading of a file's bytes is asked for nowhere. */
    @Override
    public Want wants(String path, FileHeader header) {
        boolean isPackage = header.type() == FileType.DIRECTORY
                && path.startsWith(STORE)
                && path.indexOf('/', STORE.length() + 1) < 0
                && versionAt(path) > 0;
        return isPackage ? Want.CONTENT : Want.NOTHING;
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) {
        String path = file.path();
        int version = versionAt(path);
        if (version < 0) {
            return;
        }
        int end = path.length();
        for (int dash = path.lastIndexOf('-');
                dash > version && OUTPUTS.contains(path.substring(dash + 1, end));
                dash = path.lastIndexOf('-', dash - 1)) {
            end = dash;
        }
        packages.accept(PackageRecord.of(
                PackageType.NIX,
                path.substring(nameAt(), version - 1),
                path.substring(version, end),
                Confidence.MEDIUM,
                "store path"));
    }

    private static int nameAt() {
        return STORE.length() + 1 + HASH + 1;
    }

    /** Where the version begins; -1 when the name has none, or this is no store path. */
    private static int versionAt(String path) {
        int name = nameAt();
        if (path.length() <= name || path.charAt(name - 1) != '-' || path.endsWith(".drv")) {
            return -1;
        }
        for (int dash = path.indexOf('-', name); dash > 0; dash = path.indexOf('-', dash + 1)) {
            if (dash + 1 < path.length() && !Character.isLetter(path.charAt(dash + 1))) {
                return dash + 1;
            }
        }
        return -1;
    }
}
