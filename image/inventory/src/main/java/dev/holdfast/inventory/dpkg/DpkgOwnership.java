package dev.holdfast.inventory.dpkg;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.AskedFiles;
import dev.holdfast.inventory.Ownership;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks dpkg's file lists whose a file is.
 *
 * <pre>
 * /var/lib/dpkg/info/NAME[:ARCHITECTURE].list       = { absolute path LF }             links and configuration files too, folders too
 * /var/lib/dpkg/status.d/FILE.md5sums               = { md5 "  " path without first slash LF }      beside the status file FILE
 * /var/lib/dpkg/diversions                          = { path LF diverted-to LF ( package | ":" ) LF }
 * </pre>
 *
 * The {@code .list} files are asked because {@code .md5sums} leave out links and configuration files; images made without dpkg have only
 * the latter. A diverted path belongs to the package that diverts it, and what anybody else lists under it stands at the other path.
 */
public final class DpkgOwnership implements Ownership {
    private static final String FOLDER = "/var/lib/dpkg/";
    private static final String INFO = FOLDER + "info";
    private static final String LIST = ".list";
    private static final String STATUS_FOLDER = FOLDER + "status.d";
    private static final String CHECKSUMS = ".md5sums";
    private static final String DIVERSIONS = FOLDER + "diversions";

    /** An md5 in hexadecimal and two spaces. */
    private static final int CHECKSUM_COLUMN = 34;

    @Override
    public String name() {
        return "dpkg";
    }

    @Override
    public boolean reads(String path) {
        return path.startsWith(FOLDER)
                && (path.startsWith(INFO) && path.endsWith(LIST)
                        || path.startsWith(STATUS_FOLDER) && path.endsWith(CHECKSUMS)
                        || path.equals(DIVERSIONS));
    }

    @Override
    public Map<String, String> ownersOf(Set<String> files, FileTree tree, Limits limits)
            throws InputException, IOException {
        return new Search(files, tree, limits).owners();
    }

    private record Diversion(String to, String by) {}

    /** One search through all lists. */
    private static final class Search {
        private final AskedFiles asked;
        private final FileTree tree;
        private final Limits limits;
        private final Map<String, Diversion> diversions = new HashMap<>();

        Search(Set<String> files, FileTree tree, Limits limits) {
            this.asked = new AskedFiles(files, tree);
            this.tree = tree;
            this.limits = limits;
        }

        Map<String, String> owners() throws InputException, IOException {
            readDiversions();
            for (FileVersion file : files(INFO, LIST)) {
                String name = file.path().substring(file.path().lastIndexOf('/') + 1);
                int colon = name.indexOf(':');
                lines(bytes(file), 0, name.substring(0, colon < 0 ? name.length() - LIST.length() : colon));
            }
            for (FileVersion file : files(STATUS_FOLDER, CHECKSUMS)) {
                String path = file.path();
                lines(bytes(file), CHECKSUM_COLUMN, packageOf(path.substring(0, path.length() - CHECKSUMS.length())));
            }
            return asked.owners();
        }

        private Iterable<FileVersion> files(String folder, String ending) {
            Optional<FileVersion> there = tree.resolve(folder);
            return there.isEmpty()
                    ? List.of()
                    : tree.children(there.get().path()).stream()
                            .filter(file -> file.type() == FileType.REGULAR
                                    && file.path().endsWith(ending))
                            .toList();
        }

        private byte[] bytes(FileVersion file) throws InputException, IOException {
            return tree.content(file).readAll(limits.fileBytes());
        }

        /** The hot loop: a big image lists some 150,000 files, of which a few hundred are asked for. */
        private void lines(byte[] bytes, int column, String owner) {
            int from = 0;
            int hash = 0;
            for (int i = 0; i < bytes.length; i++) {
                byte b = bytes[i];
                if (b == '\n') {
                    line(bytes, from + column, i, hash, owner);
                    from = i + 1;
                    hash = 0;
                } else {
                    hash = b == '/' ? 0 : AskedFiles.hash(hash, b);
                }
            }
            line(bytes, from + column, bytes.length, hash, owner);
        }

        private void line(byte[] bytes, int from, int to, int hash, String owner) {
            if (from < to && asked.mayHold(hash)) {
                String path = new String(bytes, from, to - from, UTF_8);
                path = path.startsWith("/") ? path : "/" + path;
                Diversion diversion = diversions.get(path);
                asked.claim(diversion == null || diversion.by.equals(owner) ? path : diversion.to, owner);
            }
        }

        private void readDiversions() throws InputException, IOException {
            Optional<FileVersion> file = tree.resolve(DIVERSIONS);
            if (file.isEmpty() || file.get().type() != FileType.REGULAR) {
                return;
            }
            String[] lines = new String(bytes(file.get()), UTF_8).split("\n");
            for (int i = 0; i + 2 < lines.length; i += 3) {
                diversions.put(lines[i], new Diversion(lines[i + 1], lines[i + 2]));
            }
        }

        /** The package that a status file beside a checksum list names; the file's own name where it is not there. */
        private String packageOf(String path) throws InputException, IOException {
            String[] found = {path.substring(path.lastIndexOf('/') + 1)};
            Optional<FileVersion> file = tree.resolve(path);
            if (file.isPresent() && file.get().type() == FileType.REGULAR) {
                new StatusFile(path, bytes(file.get()), "", limits, new Gaps())
                        .read(record -> found[0] = record.name());
            }
            return found[0];
        }
    }
}
