package dev.holdfast.manifest.helm.functions;

import dev.holdfast.manifest.template.Budget;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.tree.Node.Kind;
import dev.holdfast.manifest.tree.Schema;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes one text in YAML: plain where it says the same, else quoted, and with line ends as a literal block. */
final class YamlScalar {
    /** Behind this column a line is broken at the next blank. */
    private static final int WIDTH = 80;

    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
    private static final Pattern DATE = Pattern.compile(
            "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ]+[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]*)?( *([Zz]|[-+][0-9:]+))?)?");

    private final StringBuilder out;
    private final Budget budget;
    private final int indent;
    private final boolean isKey;

    YamlScalar(StringBuilder out, Budget budget, int indent, boolean isKey) {
        this.out = out;
        this.budget = budget;
        this.indent = indent;
        this.isKey = isKey;
    }

    void write(String text) throws TemplateFault {
        budget.make(text.length() + 2L);
        Form form = Form.of(text);
        boolean saysOther = !isText(text);
        if (text.indexOf('\n') >= 0) {
            if (form.allowsBlock() && !isKey) {
                block(text);
            } else {
                doubleQuoted(text);
            }
        } else if (saysOther) {
            doubleQuoted(text);
        } else if (form.allowsPlain() && !text.isEmpty()) {
            folded(text, false);
        } else if (form.allowsSingle()) {
            out.append('\'');
            folded(text, true);
            out.append('\'');
        } else {
            doubleQuoted(text);
        }
    }

    private static boolean isText(String text) {
        if (text.isEmpty() || text.equals("<<") || text.equals("=")) {
            return false;
        }
        return Schema.KUBERNETES.kind(text) == Kind.TEXT
                && !SEXAGESIMAL.matcher(text).matches()
                && !DATE.matcher(text).matches()
                && !isOtherNumber(text);
    }

    /** What Go's parser of numbers takes beyond the schema: underscores, and floats in it. */
    private static boolean isOtherNumber(String text) {
        String bare = text.replace("_", "");
        return !bare.isEmpty()
                && text.charAt(0) != '_'
                && bare.length() != text.length()
                && Character.isDigit(
                        bare.charAt(bare.startsWith("-") || bare.startsWith("+") ? Math.min(1, bare.length() - 1) : 0))
                && Schema.KUBERNETES.kind(bare) != Kind.TEXT;
    }

    private int column() {
        int line = out.lastIndexOf("\n") + 1;
        return out.codePointCount(line, out.length());
    }

    private void folded(String text, boolean isQuoted) {
        boolean wasSpace = false;
        int column = column();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isNextSpace = i + 1 < text.length() && text.charAt(i + 1) == ' ';
            boolean isInside = !isQuoted || i > 0 && i < text.length() - 1;
            if (c == ' ' && !isKey && !wasSpace && column > WIDTH && !isNextSpace && isInside) {
                out.append('\n').repeat(' ', indent);
                column = indent;
            } else {
                out.append(isQuoted && c == '\'' ? "''" : String.valueOf(c));
                column += isQuoted && c == '\'' ? 2 : Character.isLowSurrogate(c) ? 0 : 1;
            }
            wasSpace = c == ' ';
        }
    }

    private void block(String text) {
        char first = text.charAt(0);
        out.append('|').append(first == ' ' || first == '\n' ? "2" : "");
        if (!text.endsWith("\n")) {
            out.append('-');
        } else if (text.length() == 1 || text.charAt(text.length() - 2) == '\n') {
            out.append('+');
        }
        int at = 0;
        while (at < text.length()) {
            int next = text.indexOf('\n', at);
            int end = next < 0 ? text.length() : next;
            out.append('\n');
            if (end > at) {
                out.repeat(' ', indent).append(text, at, end);
            }
            at = end + 1;
        }
    }

    private void doubleQuoted(String text) {
        out.append('"');
        boolean wasSpace = false;
        int column = column();
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int width = Character.charCount(c);
            int before = out.length();
            if (c == ' ' && !isKey && !wasSpace && column > WIDTH && i > 0 && i < text.length() - 1) {
                out.append('\n').repeat(' ', indent).append(text.charAt(i + 1) == ' ' ? "\\" : "");
                column = indent;
            } else if (c == '"'
                    || c == '\\'
                    || !Form.isPrintable(c)
                    || c == '\n'
                    || c == '\r'
                    || c == 0x85
                    || c == 0x2028
                    || c == 0x2029) {
                escape(c);
                column += out.length() - before;
            } else {
                out.appendCodePoint(c);
                column++;
            }
            wasSpace = c == ' ';
            i += width;
        }
        out.append('"');
    }

    private void escape(int c) {
        out.append('\\');
        switch (c) {
            case 0 -> out.append('0');
            case 7 -> out.append('a');
            case 8 -> out.append('b');
            case '\t' -> out.append('t');
            case '\n' -> out.append('n');
            case 0x0b -> out.append('v');
            case 0x0c -> out.append('f');
            case '\r' -> out.append('r');
            case 0x1b -> out.append('e');
            case '"', '\\' -> out.append((char) c);
            case 0x85 -> out.append('N');
            case 0xA0 -> out.append('_');
            case 0x2028 -> out.append('L');
            case 0x2029 -> out.append('P');
            default -> out.append(String.format(Locale.ROOT, c <= 0xFF ? "x%02X" : c <= 0xFFFF ? "u%04X" : "U%08X", c));
        }
    }

    /** In which forms a text may stand. */
    private record Form(boolean allowsPlain, boolean allowsSingle, boolean allowsBlock) {
        static Form of(String text) {
            boolean hasIndicator = text.startsWith("---") || text.startsWith("...");
            boolean isSpecial = false;
            boolean hasSpaceBeforeBreak = false;
            boolean hasBreakBeforeSpace = false;
            boolean hasBreak = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                char before = i == 0 ? ' ' : text.charAt(i - 1);
                boolean isBeforeSpace = i + 1 >= text.length() || " \t\n".indexOf(text.charAt(i + 1)) >= 0;
                boolean isAtStart = i == 0
                        && ("#,[]{}&*!|>'\"%@`".indexOf(c) >= 0 || (c == '?' || c == ':' || c == '-') && isBeforeSpace);
                boolean isInside = i > 0 && (c == ':' && isBeforeSpace || c == '#' && " \t\n".indexOf(before) >= 0);
                hasIndicator |= isAtStart || isInside;
                isSpecial |= !Character.isSurrogate(c) && !isPrintable(c) && c != '\n';
                hasBreak |= c == '\n';
                hasSpaceBeforeBreak |= c == '\n' && i > 0 && before == ' ';
                hasBreakBeforeSpace |= c == ' ' && i > 0 && before == '\n';
            }
            boolean hasOuterSpace = !text.isEmpty()
                    && (" \n".indexOf(text.charAt(0)) >= 0 || " \n".indexOf(text.charAt(text.length() - 1)) >= 0);
            boolean isBad = hasSpaceBeforeBreak || isSpecial;
            return new Form(
                    !hasIndicator && !isBad && !hasOuterSpace && !hasBreak,
                    !isBad && !hasBreakBeforeSpace,
                    !isBad && !text.endsWith(" "));
        }

        static boolean isPrintable(int c) {
            return c >= 0x20 && c <= 0x7E
                    || c == 0x0A
                    || c >= 0xA0 && c != 0xFEFF && (c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c > 0xFFFF);
        }
    }
}
