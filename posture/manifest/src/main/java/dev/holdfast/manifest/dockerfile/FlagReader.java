package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.text.SourceText;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the options in front of the arguments: words that begin with two dashes, quotes and escapes resolved. A word of two dashes alone ends
 * them.
 */
final class FlagReader {
    private final SourceText line;
    private final char escape;
    private final List<Flag> flags = new ArrayList<>();

    FlagReader(SourceText line, char escape) {
        this.line = line;
        this.escape = escape;
    }

    List<Flag> flags() {
        return flags;
    }

    /** Reads from there on, and says where the arguments begin. */
    int read(int from, int to) {
        int at = Splits.skipSpace(line, from);
        while (at + 1 < to && line.charAt(at) == '-' && line.charAt(at + 1) == '-') {
            StringBuilder word = new StringBuilder();
            int end = word(at, to, word);
            if (word.toString().equals("--")) {
                return end;
            }
            flags.add(flag(word.toString(), at, end));
            at = Splits.skipSpace(line, end);
        }
        return Math.min(at, to);
    }

    private Flag flag(String word, int from, int end) {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : Math.max(2, equals));
        String value = equals < 0 ? "" : word.substring(equals + 1);
        return new Flag(name, value, equals >= 0, line.place(from, end));
    }

    private int word(int from, int to, StringBuilder word) {
        char quote = 0;
        int at = from;
        while (at < to) {
            char one = line.charAt(at);
            if (quote == 0 && Lines.isSpace(one)) {
                return at;
            }
            if (one == escape) {
                at++;
                if (at < to) {
                    word.append(line.charAt(at));
                }
            } else if (quote != 0 && one == quote) {
                quote = 0;
            } else if (quote == 0 && (one == '\'' || one == '"')) {
                quote = one;
            } else {
                word.append(one);
            }
            at++;
        }
        return to;
    }
}
