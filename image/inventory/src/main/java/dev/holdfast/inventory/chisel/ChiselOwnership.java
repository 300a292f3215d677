package dev.holdfast.inventory.chisel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.AskedFiles;
import dev.holdfast.inventory.Ownership;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the paths in Chisel's manifest, each of which names the slices that it belongs to. */
public final class ChiselOwnership implements Ownership {
    @Override
    public String name() {
        return "chisel";
    }

    /** The manifest is read by {@link ChiselCataloger} already. */
    @Override
    public boolean reads(String path) {
        return false;
    }

    @Override
    public Map<String, String> ownersOf(Set<String> files, FileTree tree, Limits limits)
            throws InputException, IOException {
        AskedFiles asked = new AskedFiles(files, tree);
        Optional<FileVersion> manifest = tree.resolve(Manifest.PATH);
        if (manifest.isPresent() && manifest.get().type() == FileType.REGULAR) {
            Manifest.read(tree.content(manifest.get()), limits, (line, value) -> {
                List<String> slices = value.get("slices").texts();
                String path = value.get("path").text().orElse("");
                byte[] bytes = path.getBytes(UTF_8);
                int hash = AskedFiles.hash(bytes, nameStart(bytes), bytes.length);
                if (!slices.isEmpty() && !path.isEmpty() && asked.mayHold(hash)) {
                    asked.claim(path, packageOf(slices.getFirst()));
                }
            });
        }
        return asked.owners();
    }

    private static int nameStart(byte[] path) {
        int start = path.length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        return start;
    }

    private static String packageOf(String slice) {
        int mark = slice.indexOf('_');
        return mark < 0 ? slice : slice.substring(0, mark);
    }
}
