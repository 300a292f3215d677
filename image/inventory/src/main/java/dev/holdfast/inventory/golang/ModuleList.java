package dev.holdfast.inventory.golang;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The modules of a program, as runtime/debug of the Go library writes them:
 *
 * <pre>
 *   list = { line "\n" }
 *   line = "path" TAB package
 *        | "mod"  TAB module TAB version TAB checksum        the main module; version "(devel)" when the build did not know it
 *        | "dep"  TAB module TAB version [ TAB checksum ]
 *        | "=&gt;"   TAB module TAB version [ TAB checksum ]     what was taken instead of the module in the line before
 *        | "build" TAB key "=" value                         a value with blanks or quotes is a Go string literal
 * </pre>
 *
 * @param path the package of the program's {@code main}; empty when unknown
 * @param main the main module; empty when the program is no part of one
 * @param dependencies in order, what was replaced along with its replacement
 * @param linkerFlags the setting {@code -ldflags}; empty when there is none
 */
record ModuleList(String path, Optional<Module> main, List<Dependency> dependencies, String linkerFlags) {
    /** A version that the build did not know. */
    private static final String UNKNOWN = "(devel)";

    /** What stands in a go.mod file for the version of a module that lies beside it and has none. */
    private static final String PLACEHOLDER = "v0.0.0";

    private static final String STAMPED_PLACEHOLDER = "v0.0.0-00010101000000-";

    /** One module and its version, empty when unknown. */
    record Module(String path, String version) {}

    /** A module that was compiled in, or was to be, had it not been replaced. */
    record Dependency(Module module, Optional<Module> replacement) {
        /** Whether it was built from a folder beside the program's sources; that has a path, and no version. */
        boolean isFromFolder() {
            return replacement.isPresent() && replacement.get().version().isEmpty();
        }
    }

    ModuleList {
        dependencies = List.copyOf(dependencies);
    }

    static ModuleList parse(String text, Limits limits) throws InputException {
        String path = "";
        Optional<Module> main = Optional.empty();
        List<Dependency> dependencies = new ArrayList<>();
        String flags = "";
        for (String line : text.split("\n")) {
            String[] fields = line.split("\t", -1);
            if (fields.length < 2) {
                continue;
            }
            switch (fields[0]) {
                case "path" -> path = fields[1];
                case "mod" -> main = Optional.of(module(fields));
                case "dep" -> dependencies.add(new Dependency(module(fields), Optional.empty()));
                case "=>" -> {
                    if (!dependencies.isEmpty()) {
                        Dependency replaced = dependencies.removeLast();
                        dependencies.add(new Dependency(replaced.module(), Optional.of(module(fields))));
                    }
                }
                case "build" -> flags = flags.isEmpty() ? linkerFlags(line) : flags;
                default -> {}
            }
            if (dependencies.size() > limits.entries()) {
                throw new InputException(
                        InputException.Code.LIMIT, "the program names more than " + limits.entries() + " modules");
            }
        }
        return new ModuleList(path, main, dependencies, flags);
    }

    private static Module module(String[] fields) {
        String version = fields.length > 2 ? fields[2] : "";
        boolean isUnknown =
                version.equals(UNKNOWN) || version.equals(PLACEHOLDER) || version.startsWith(STAMPED_PLACEHOLDER);
        return new Module(fields[1], isUnknown ? "" : version);
    }

    private static String linkerFlags(String line) {
        String setting = "build\t-ldflags=";
        if (!line.startsWith(setting)) {
            return "";
        }
        String value = line.substring(setting.length());
        boolean isLiteral = value.length() > 1 && value.charAt(0) == '"' && value.endsWith("\"");
        return isLiteral ? value.substring(1, value.length() - 1).replace("\\\"", "\"") : value;
    }
}
