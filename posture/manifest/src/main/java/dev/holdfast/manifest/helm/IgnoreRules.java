package dev.holdfast.manifest.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files a {@code .helmignore} leaves out.
 *
 * <pre>
 * line = "#" comment | [ "!" ] [ "/" ] pattern [ "/" ]
 * </pre>
 *
 * A pattern with a slash is for the whole path, another one for the last part of it; a slash at the end is for folders only; {@code !} takes
 * back what an earlier line left out. A pattern is a shell's: {@code *} and {@code ?} do not match slashes.
 */
final class IgnoreRules {
    private record Rule(Pattern pattern, boolean isNegated, boolean isForFolders, boolean isForPaths) {}

    private final List<Rule> rules = new ArrayList<>();

    IgnoreRules(String text) {
        add("templates/.?*");
        text.lines().map(String::strip).forEach(this::add);
    }

    private void add(String line) {
        if (line.isEmpty() || line.startsWith("#") || line.equals("!") || line.equals("/")) {
            return;
        }
        boolean isNegated = line.startsWith("!");
        String rule = isNegated ? line.substring(1) : line;
        boolean isForFolders = rule.endsWith("/");
        rule = isForFolders ? rule.substring(0, rule.length() - 1) : rule;
        boolean isForPaths = rule.contains("/");
        rule = rule.startsWith("/") ? rule.substring(1) : rule;
        rules.add(new Rule(Glob.shell(rule), isNegated, isForFolders, isForPaths));
    }

    boolean ignores(String path, boolean isFolder) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        boolean isIgnored = false;
        for (Rule rule : rules) {
            boolean matches = (isFolder || !rule.isForFolders())
                    && rule.pattern().matcher(rule.isForPaths() ? path : last).matches();
            if (matches) {
                isIgnored = !rule.isNegated();
            }
        }
        return isIgnored;
    }
}
