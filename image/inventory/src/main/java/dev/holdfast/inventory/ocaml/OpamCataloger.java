package dev.holdfast.inventory.ocaml;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.BroughtAlong;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what opam installed and locks:
 *
 * <pre>
 *   .opam-switch/packages/NAME.VERSION/opam        the folder tells name and version: no name holds a full stop
 *   *.opam.locked                                  depends: [ "name" {= "1.0.0"} … ], one a line
 * </pre>
 */
public final class OpamCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("opam", "*.locked");
    private static final String PACKAGES = "/.opam-switch/packages/";

    @Override
    public String name() {
        return "opam";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads("OCaml, installed", "`.opam-switch/packages/*/opam`", "every package of the switch"),
                new Reads("OCaml, locked", "`*.opam.locked`", "every package with an exact version, with its line"));
    }

    @Override
    public boolean isRecord(String path) {
        return path.endsWith("/opam")
                ? path.contains(PACKAGES)
                : path.endsWith(".opam.locked") && !BroughtAlong.isInside(path);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        if (file.name().equals("opam")) {
            String folder = file.folder();
            String identifier = folder.substring(folder.lastIndexOf('/') + 1);
            int dot = identifier.indexOf('.');
            if (dot > 0) {
                packages.accept(PackageRecord.of(
                        PackageType.OPAM,
                        identifier.substring(0, dot),
                        identifier.substring(dot + 1),
                        Confidence.HIGH,
                        "opam"));
            }
            return;
        }
        TextLines lines = new TextLines(file.bytes(), file.limits());
        boolean isInDepends = false;
        while (lines.advance()) {
            String line = lines.text().strip();
            isInDepends = line.startsWith("depends:") || isInDepends && !line.startsWith("]");
            if (isInDepends) {
                readLocked(line, lines.number(), packages);
            }
        }
    }

    private static void readLocked(String line, int number, Consumer<PackageRecord> packages) {
        int open = line.indexOf('"');
        int close = open < 0 ? -1 : line.indexOf('"', open + 1);
        int exact = close < 0 ? -1 : line.indexOf("{= \"", close);
        int end = exact < 0 ? -1 : line.indexOf('"', exact + 4);
        if (end > 0) {
            packages.accept(PackageRecord.locked(
                    PackageType.OPAM,
                    line.substring(open + 1, close),
                    line.substring(exact + 4, end),
                    "opam.locked",
                    number));
        }
    }
}
