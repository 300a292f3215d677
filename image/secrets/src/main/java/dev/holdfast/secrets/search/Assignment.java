package dev.holdfast.secrets.search;

/**
 * Reads "this name has that value" out of the many ways to write it, around a place where a part of the name was found.
 *
 * <pre>
 * assignment = name [ close ] ( to value | ">" text "&lt;" | "," quoted | "value=" quoted | blank value )
 * close      = quote | "]"
 * to         = "=" | ":" | "=>" | ":=" | ":" type "="
 * value      = quoted | bare
 * </pre>
 *
 * <p>Covered are properties, INI, shell, Dockerfile, YAML, JSON, TOML, XML elements and attributes, connection strings, URL parameters,
 * command-line options, and literals in the usual programming languages. One object is used again and again; owned by one thread.
 */
final class Assignment {
    private static final int LONGEST_NAME = 96;
    private static final int LONGEST_VALUE = 4_096;
    private static final int MOST_BLANKS = 24;
    private static final int LONGEST_TYPE = 40;

    private byte[] bytes = new byte[0];
    private int low;
    private int high;

    int nameFrom;
    int nameTo;
    int from;
    int to;
    boolean isQuoted;

    /** Whether the value simply follows after a blank. */
    boolean isBlankSeparated;

    /** Whether the name is an option of a command: it begins with a dash. */
    boolean isOption;

    /**
     * Reads the assignment around {@code at}.
     *
     * @param isOfLines whether a bare value goes on to the next blank, whatever stands in it
     * @return whether there is one; then the fields say where
     */
    boolean read(byte[] text, int first, int end, int at, boolean isOfLines) {
        bytes = text;
        low = first;
        high = end;
        if (!readName(at)) {
            return false;
        }
        int position = nameTo;
        boolean isNameQuoted = false;
        while (position < high && position < nameTo + 4 && isClose(position)) {
            isNameQuoted |= bytes[position] != ']';
            position++;
        }
        int afterName = position;
        position = blanks(position);
        if (position >= high) {
            return false;
        }
        isBlankSeparated = false;
        return switch (bytes[position]) {
            case '=' -> readAfterEquals(position + 1, isOfLines);
            case ':' -> readAfterColon(position + 1, isOfLines);
            case '>' -> readText(position + 1);
            case ',' -> isNameQuoted && readQuoted(prefix(blanks(position + 1)));
            default -> readBehind(position, isNameQuoted, position > afterName, isOfLines);
        };
    }

    /** The value of the attribute beside, or a value that simply follows. */
    private boolean readBehind(int at, boolean isNameQuoted, boolean isParted, boolean isOfLines) {
        if (isNameQuoted) {
            int equals = isAt("value", at) ? blanks(at + 5) : high;
            return equals < high && bytes[equals] == '=' && readQuoted(blanks(equals + 1));
        }
        isBlankSeparated = isParted;
        return isParted && (isOption || isOfLines && beginsLine()) && readValue(at, true);
    }

    /** Whether the name is the first word of its line, or the word behind an instruction that sets a variable; else it is prose. */
    private boolean beginsLine() {
        int before = nameFrom;
        while (before > low && (bytes[before - 1] == ' ' || bytes[before - 1] == '\t')) {
            before--;
        }
        return before == low
                || bytes[before - 1] == '\n'
                || before - 3 >= low && before < nameFrom && (isAt("ENV", before - 3) || isAt("set", before - 3));
    }

    private boolean readName(int at) {
        int start = at;
        while (start > low && at - start < LONGEST_NAME && isOfName(bytes[start - 1])) {
            start--;
        }
        int end = at;
        while (end < high && end - at < LONGEST_NAME && isOfName(bytes[end])) {
            end++;
        }
        while (end > start && (bytes[end - 1] == '.' || bytes[end - 1] == '-')) {
            end--;
        }
        isOption = end - start > 1 && bytes[start] == '-';
        nameFrom = start;
        nameTo = end;
        return end > start;
    }

    static boolean isOfName(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' || b == '-' || b == '.';
    }

    private boolean isClose(int at) {
        byte b = bytes[at];
        return b == '"' || b == '\'' || b == '`' || b == ']' || b == '\\' && at + 1 < high && isQuote(bytes[at + 1]);
    }

    private static boolean isQuote(byte b) {
        return b == '"' || b == '\'' || b == '`';
    }

    private int blanks(int at) {
        int position = at;
        while (position < high && position - at < MOST_BLANKS && (bytes[position] == ' ' || bytes[position] == '\t')) {
            position++;
        }
        return position;
    }

    private boolean isAt(String text, int at) {
        if (high - at < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean readAfterEquals(int at, boolean isOfLines) {
        if (at >= high || bytes[at] == '=' || bytes[at] == '~') {
            return false; // a comparison
        }
        return readValue(blanks(bytes[at] == '>' ? at + 1 : at), isOfLines);
    }

    private boolean readAfterColon(int at, boolean isOfLines) {
        if (at >= high || bytes[at] == ':') {
            return false; // a scope
        }
        if (bytes[at] == '=') {
            return readValue(blanks(at + 1), isOfLines);
        }
        if (bytes[at] == '-' && nameFrom > low && bytes[nameFrom - 1] == '{') {
            return readValue(at + 1, false); // ${NAME:-default}
        }
        int start = blanks(at);
        int typed = afterType(start);
        return readValue(typed < 0 ? start : typed, isOfLines);
    }

    /** Where the value begins when a type and an equals sign stand before it, or -1. */
    private int afterType(int at) {
        int position = at;
        while (position < high && position - at < LONGEST_TYPE && isOfType(bytes[position])) {
            position++;
        }
        boolean isType = position > at
                && position + 1 < high
                && bytes[position] == '='
                && (bytes[position + 1] == ' ' || isQuote(bytes[position + 1]));
        int value = isType ? blanks(position + 1) : high;
        return value < high && isQuote(bytes[prefix(value)]) ? value : -1;
    }

    private static boolean isOfType(byte b) {
        return isOfName(b)
                || b == ' '
                || b == '<'
                || b == '>'
                || b == '['
                || b == ']'
                || b == '?'
                || b == '|'
                || b == '&';
    }

    private boolean readText(int at) {
        int position = blanks(at);
        int start = position;
        while (position < high && position - start < LONGEST_VALUE && bytes[position] != '<' && bytes[position] > ' ') {
            position++;
        }
        int behind = blanks(position);
        boolean isClosed = behind < high && bytes[behind] == '<';
        return isClosed && set(start, position, true);
    }

    private boolean readValue(int at, boolean isOfLines) {
        int start = prefix(at);
        if (start >= high) {
            return false;
        }
        byte first = bytes[start];
        boolean isEscaped = first == '\\' && start + 1 < high && isQuote(bytes[start + 1]);
        return isQuote(first) || isEscaped ? readQuoted(start) : readBare(at, isOfLines);
    }

    /** Passes over what marks a string literal: {@code b"…"}, {@code @"…"}, {@code f'…'}. */
    private int prefix(int at) {
        int position = at;
        while (position < high && position - at < 2 && isPrefix(bytes[position])) {
            position++;
        }
        return position < high && isQuote(bytes[position]) ? position : Math.min(at, high - 1);
    }

    private static boolean isPrefix(byte b) {
        return b == 'b' || b == 'r' || b == 'u' || b == 'f' || b == 'L' || b == '@' || b == '$' || b == '(' || b == '[';
    }

    private boolean readQuoted(int at) {
        if (at >= high) {
            return false;
        }
        boolean isEscaped = bytes[at] == '\\';
        int start = isEscaped ? at + 2 : at + 1;
        byte quote = isEscaped && at + 1 < high ? bytes[at + 1] : bytes[at];
        if (!isQuote(quote)) {
            return false;
        }
        int position = start;
        while (position < high && position - start < LONGEST_VALUE && bytes[position] != '\n') {
            if (bytes[position] == quote) {
                return set(start, position, true);
            }
            if (bytes[position] == '\\') {
                if (isEscaped && position + 1 < high && bytes[position + 1] == quote) {
                    return set(start, position, true);
                }
                position++;
            }
            position++;
        }
        return false;
    }

    private boolean readBare(int at, boolean isOfLines) {
        boolean isInList = nameFrom > low && isBetweenPairs(bytes[nameFrom - 1]);
        int position = at;
        while (position < high && position - at < LONGEST_VALUE && !ends(bytes[position], isOfLines, isInList)) {
            position++;
        }
        while (position > at && isTrailing(bytes[position - 1])) {
            position--;
        }
        int behind = blanks(position);
        boolean hasFallback = isAt("|| ", behind) || isAt("?? ", behind); // process.env.NAME || "value"
        if (hasFallback && readQuoted(blanks(behind + 2))) {
            return true;
        }
        return set(at, position, false);
    }

    private static boolean isBetweenPairs(byte b) {
        return b == ';' || b == '&' || b == '?' || b == '{' || b == ',' || b == '"' || b == '\'';
    }

    /** Whether a bare value ends here. Between the pairs of a list other pairs follow; in a structure brackets and quotes do. */
    private static boolean ends(byte b, boolean isOfLines, boolean isInList) {
        if (b <= ' ') {
            return b >= 0;
        }
        return switch (b) {
            case ';', '&', ')' -> isInList;
            case ',', '"', '\'', '<', '>', '}', ']', '`', '\\' -> isInList || !isOfLines;
            default -> false;
        };
    }

    private static boolean isTrailing(byte b) {
        return b == ',' || b == ';' || b == '"' || b == '\'' || b == '\\';
    }

    private boolean set(int start, int end, boolean quoted) {
        from = start;
        to = end;
        isQuoted = quoted;
        return end > start;
    }
}
