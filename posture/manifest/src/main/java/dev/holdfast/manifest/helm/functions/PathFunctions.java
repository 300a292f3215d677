package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.manifest.template.FunctionTable;
import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as texts, as Go's {@code path} package treats them; no file is looked at. */
final class PathFunctions {
    private PathFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("base", (a, _) -> last(Given.text(a, 0)), STRING).alias("osBase", "base");
        table.add("dir", (a, _) -> folder(Given.text(a, 0)), STRING).alias("osDir", "dir");
        table.add("clean", (a, _) -> clean(Given.text(a, 0)), STRING).alias("osClean", "clean");
        table.add("ext", (a, _) -> extension(Given.text(a, 0)), STRING).alias("osExt", "ext");
        table.add("isAbs", (a, _) -> Given.text(a, 0).startsWith("/"), STRING).alias("osIsAbs", "isAbs");
    }

    private static String last(String path) {
        if (path.isEmpty()) {
            return ".";
        }
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end == 0 ? "/" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    private static String folder(String path) {
        return clean(path.substring(0, path.lastIndexOf('/') + 1));
    }

    private static String extension(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(dot) : "";
    }

    private static String clean(String path) {
        boolean isAbsolute = path.startsWith("/");
        Deque<String> steps = new ArrayDeque<>();
        for (String step : path.split("/", -1)) {
            boolean isBack = step.equals("..");
            if (isBack && !steps.isEmpty() && !steps.getLast().equals("..")) {
                steps.removeLast();
            } else if (isBack && !isAbsolute || !isBack && !step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        String joined = String.join("/", steps);
        return isAbsolute ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}
