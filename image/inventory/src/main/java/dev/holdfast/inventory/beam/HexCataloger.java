package dev.holdfast.inventory.beam;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the lock files of Elixir's Mix and Erlang's Rebar, each a term of its language with an entry a line:
 *
 * <pre>
 *   mix.lock      "app": {:hex, :name, "1.0.0", "checksum", …}          "app": {:git, "address", "commit", …}
 *   rebar.lock    {&lt;&lt;"app">>,{pkg,&lt;&lt;"name">>,&lt;&lt;"1.0.0">>},0}         {&lt;&lt;"app">>,{git,"address",…},0}
 * </pre>
 *
 * What comes from a repository has no version. The term is not evaluated, only looked at.
 */
public final class HexCataloger implements LockFileCataloger {
    private static final FileNames FILES = FileNames.of("mix.lock", "rebar.lock");
    private static final String HEX = "{:hex,";
    private static final String GIT = "{:git,";
    private static final String PKG = "{pkg,";

    @Override
    public String name() {
        return "hex";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads("Elixir, Erlang", "`mix.lock`, `rebar.lock`", "every package with its line"));
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        boolean isMix = file.name().equals("mix.lock");
        TextLines lines = new TextLines(file.bytes(), file.limits());
        while (lines.advance()) {
            String line = lines.text();
            if (isMix) {
                readMix(line, lines.number(), packages);
            } else {
                readRebar(line, lines.number(), packages);
            }
        }
    }

    private static void readMix(String line, int number, Consumer<PackageRecord> packages) {
        int hex = line.indexOf(HEX);
        int git = line.indexOf(GIT);
        if (hex >= 0) {
            int colon = line.indexOf(':', hex + HEX.length());
            int comma = line.indexOf(',', Math.max(0, colon));
            if (colon >= 0 && comma > colon) {
                String name = unquoted(line.substring(colon + 1, comma).strip());
                report(name, quoted(line, comma), number, "mix.lock", packages);
            }
        } else if (git >= 0) {
            report(quoted(line.substring(0, git), 0), "", number, "mix.lock", packages);
        }
    }

    private static void readRebar(String line, int number, Consumer<PackageRecord> packages) {
        for (int at = line.indexOf(PKG); at >= 0; at = line.indexOf(PKG, at + 1)) {
            String name = quoted(line, at);
            int comma = line.indexOf(',', at + PKG.length());
            report(name, comma < 0 ? "" : quoted(line, comma), number, "rebar.lock", packages);
        }
    }

    private static void report(
            String name, String version, int line, String evidence, Consumer<PackageRecord> packages) {
        if (!name.isEmpty()) {
            packages.accept(PackageRecord.locked(PackageType.HEX, name, version, evidence, line));
        }
    }

    /** An atom may be quoted. */
    private static String unquoted(String atom) {
        boolean isQuoted = atom.length() > 1 && atom.startsWith("\"") && atom.endsWith("\"");
        return isQuoted ? atom.substring(1, atom.length() - 1) : atom;
    }

    /** The first quoted text from there; empty when there is none. */
    private static String quoted(String line, int from) {
        int open = line.indexOf('"', from);
        int close = open < 0 ? -1 : line.indexOf('"', open + 1);
        return close < 0 ? "" : line.substring(open + 1, close);
    }
}
