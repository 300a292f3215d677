package dev.holdfast.manifest.helm;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Patterns for paths, as regular expressions that cannot run away: every part matches in one way. */
final class Glob {
    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private Glob() {}

    /** A shell's pattern: {@code * ? [abc]}, none of which matches a slash. */
    static Pattern shell(String pattern) {
        return compiled(pattern, false);
    }

    /** The pattern of {@code Files.Glob}: {@code **} matches slashes too, and {@code {a,b}} is a choice. */
    static Pattern files(String pattern) {
        return compiled(pattern, true);
    }

    private static Pattern compiled(String pattern, boolean isExtended) {
        StringBuilder out = new StringBuilder();
        int choices = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '*' -> {
                    boolean isDeep = isExtended && i + 1 < pattern.length() && pattern.charAt(i + 1) == '*';
                    while (i + 1 < pattern.length() && pattern.charAt(i + 1) == '*') {
                        i++;
                    }
                    out.append(isDeep ? ".*" : "[^/]*");
                }
                case '?' -> out.append("[^/]");
                case '[' -> {
                    int end = pattern.indexOf(']', i + 2);
                    if (end < 0) {
                        return NOTHING;
                    }
                    String set = pattern.substring(i + 1, end)
                            .replace("\\", "\\\\")
                            .replace("[", "\\[")
                            .replace("&&", "&\\&");
                    out.append('[')
                            .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                            .append(']');
                    i = end;
                }
                case '\\' -> out.append(Pattern.quote(i + 1 < pattern.length() ? pattern.substring(++i, i + 1) : "\\"));
                case '{' -> {
                    out.append(isExtended ? "(?:" : "\\{");
                    choices += isExtended ? 1 : 0;
                }
                case '}' -> {
                    out.append(choices > 0 ? ")" : "\\}");
                    choices -= choices > 0 ? 1 : 0;
                }
                case ',' -> out.append(choices > 0 ? "|" : ",");
                default -> out.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return choices == 0 ? Pattern.compile(out.toString(), Pattern.DOTALL) : NOTHING;
        } catch (PatternSyntaxException wrong) {
            return NOTHING;
        }
    }
}
