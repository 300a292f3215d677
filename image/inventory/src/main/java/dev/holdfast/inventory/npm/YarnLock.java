package dev.holdfast.inventory.npm;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.format.TextLines;
import java.util.ArrayList;
import java.util.List;

/**
 * Yarn's lock file. Version 1 has a form of its own, later ones look like YAML and are close enough to it to be read as lines:
 *
 * <pre>
 *   file    = { entry } ;
 *   entry   = wish { "," wish } ":" LF { "  " word value LF | "  " word ":" [ value ] LF | deeper lines } ;
 *   wish    = [ '"' ] name "@" range [ '"' ] ;
 * </pre>
 *
 * <p>{@code version} is the version. In version 1 an alias is a wish {@code alias@npm:name@range}. Later, {@code resolution} tells what was
 * chosen, {@code name@npm:version}; a protocol other than {@code npm} and {@code patch} may be the project's own workspace
 * ({@code workspace:}, {@code link:}, {@code portal:}), which is no package.
 */
final class YarnLock {
    private final List<Locked> found = new ArrayList<>();
    private String wish = "";
    private String version = "";
    private String resolution = "";
    private int line;

    private YarnLock() {}

    static List<Locked> parse(byte[] bytes, Limits limits) throws InputException {
        YarnLock lock = new YarnLock();
        TextLines lines = new TextLines(bytes, limits);
        while (lines.advance()) {
            lock.read(lines);
        }
        lock.finish();
        return lock.found;
    }

    private void read(TextLines lines) {
        String text = lines.text();
        int indent = lines.indent();
        if (indent == text.length() || text.charAt(indent) == '#') {
            return;
        }
        if (indent == 0) {
            finish();
            wish = firstOf(text);
            line = lines.number();
        } else if (indent == 2 && text.startsWith("version", 2)) {
            version = valueOf(text, "  version".length());
        } else if (indent == 2 && text.startsWith("resolution", 2)) {
            resolution = valueOf(text, "  resolution".length());
        }
    }

    /** The first wish of an entry, without quotes. */
    private static String firstOf(String text) {
        int from = text.startsWith("\"") ? 1 : 0;
        int end = from;
        while (end < text.length() && "\",".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String first = text.substring(from, end);
        return first.endsWith(":") ? first.substring(0, first.length() - 1) : first;
    }

    private static String valueOf(String text, int from) {
        String rest = text.substring(from).strip();
        rest = rest.startsWith(":") ? rest.substring(1).strip() : rest;
        boolean isQuoted = rest.length() > 1 && rest.startsWith("\"") && rest.endsWith("\"");
        return isQuoted ? rest.substring(1, rest.length() - 1) : rest;
    }

    private void finish() {
        String range = Locked.restOf(wish);
        String chosen = Locked.restOf(resolution);
        if (!version.isEmpty() && !range.isEmpty() && !isOwn(chosen.isEmpty() ? range : chosen)) {
            String installed = Locked.nameIn(wish);
            String name = !resolution.isEmpty() ? Locked.nameIn(resolution) : named(installed, range);
            found.add(new Locked("", name.equals(installed) ? "" : installed, name, version, false, line));
        }
        wish = "";
        version = "";
        resolution = "";
    }

    private static String named(String installed, String range) {
        boolean isAlias = range.startsWith("npm:") && range.indexOf('@', "npm:".length() + 1) > 0;
        return isAlias ? Locked.nameIn(range.substring("npm:".length())) : installed;
    }

    private static boolean isOwn(String protocol) {
        return protocol.startsWith("workspace:") || protocol.startsWith("link:") || protocol.startsWith("portal:");
    }
}
