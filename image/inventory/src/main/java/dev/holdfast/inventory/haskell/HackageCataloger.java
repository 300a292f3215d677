package dev.holdfast.inventory.haskell;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the lock files of Stack and Cabal by their lines:
 *
 * <pre>
 *   stack.yaml.lock          hackage: NAME-1.0.0@sha256:…,1234            once under "completed", once under "original"
 *   cabal.project.freeze     constraints: any.NAME ==1.0.0,               one a line; flags of a package stand on lines of their own
 * </pre>
 */
public final class HackageCataloger implements LockFileCataloger {
    private static final FileNames FILES = FileNames.of("stack.yaml.lock", "cabal.project.freeze");
    private static final String HACKAGE = "hackage:";
    private static final String ANY = "any.";

    @Override
    public String name() {
        return "hackage";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        "Haskell",
                        "`stack.yaml.lock`, `cabal.project.freeze`",
                        "every package with its line; what a Stack snapshot holds is named only by the snapshot, and not here"));
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        boolean isStack = file.name().equals("stack.yaml.lock");
        Set<String> seen = new HashSet<>();
        TextLines lines = new TextLines(file.bytes(), file.limits());
        while (lines.advance()) {
            String line = lines.text().strip();
            String identifier = isStack ? stackIdentifier(line) : cabalIdentifier(line);
            int dash = identifier.lastIndexOf('-');
            if (dash > 0 && seen.add(identifier)) {
                packages.accept(PackageRecord.locked(
                        PackageType.HACKAGE,
                        identifier.substring(0, dash),
                        identifier.substring(dash + 1),
                        file.name(),
                        lines.number()));
            }
        }
    }

    /** {@code NAME-VERSION} of a line; empty when it names none. */
    private static String stackIdentifier(String line) {
        int at = line.indexOf(HACKAGE);
        int end = line.indexOf('@', Math.max(0, at));
        String rest = at < 0 ? "" : line.substring(at + HACKAGE.length(), end < 0 ? line.length() : end);
        return rest.strip();
    }

    private static String cabalIdentifier(String line) {
        int name = line.indexOf(ANY);
        int equals = line.indexOf("==", Math.max(0, name));
        if (name < 0 || equals < 0) {
            return "";
        }
        int end = line.indexOf(',', equals);
        String version =
                line.substring(equals + 2, end < 0 ? line.length() : end).strip();
        return line.substring(name + ANY.length(), equals).strip() + "-" + version;
    }
}
