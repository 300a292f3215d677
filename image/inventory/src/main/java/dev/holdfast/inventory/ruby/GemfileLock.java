package dev.holdfast.inventory.ruby;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Bundler's lock file. Sources come first, each with the gems it gave:
 *
 * <pre>
 *   GEM                              or GIT, PATH, PLUGIN SOURCE
 *     remote: https://…
 *     specs:
 *       nokogiri (1.15.0-x86_64-linux)       name, version, platform when it is not Ruby's own
 *         racc (~> 1.4)                      what it depends on
 * </pre>
 *
 * <p>No version holds a hyphen, so what follows one is the platform; a gem locked for several platforms is one package.
 */
final class GemfileLock {
    private static final String EVIDENCE = "Gemfile.lock";
    private static final int SPEC_INDENT = 4;

    private GemfileLock() {}

    static void read(byte[] bytes, Limits limits, Consumer<PackageRecord> packages) throws InputException {
        TextLines lines = new TextLines(bytes, limits);
        Set<String> seen = new HashSet<>();
        boolean isInSpecs = false;
        while (lines.advance()) {
            String text = lines.text();
            int indent = lines.indent();
            if (indent < SPEC_INDENT) {
                isInSpecs = text.equals("  specs:");
            } else if (isInSpecs && indent == SPEC_INDENT) {
                spec(text, lines.number(), seen, packages);
            }
        }
    }

    private static void spec(String text, int line, Set<String> seen, Consumer<PackageRecord> packages) {
        int open = text.indexOf(" (", SPEC_INDENT);
        int close = text.indexOf(')', Math.max(0, open));
        if (open < 0 || close < 0) {
            return;
        }
        String name = text.substring(SPEC_INDENT, open);
        String version = text.substring(open + 2, close);
        int platform = version.indexOf('-');
        version = platform < 0 ? version : version.substring(0, platform);
        if (seen.add(name + " " + version)) {
            packages.accept(PackageRecord.locked(PackageType.GEM, name, version, EVIDENCE, line));
        }
    }
}
