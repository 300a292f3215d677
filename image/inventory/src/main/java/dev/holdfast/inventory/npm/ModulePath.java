package dev.holdfast.inventory.npm;

import java.util.List;
import java.util.Optional;

/**
 * Where packages are installed: {@code node_modules/NAME/package.json} and {@code node_modules/@SCOPE/NAME/package.json}, at any depth.
 * A {@code package.json} elsewhere inside a package is a test fixture, an example or a hint for a bundler. Debian and its children
 * install to {@code nodejs} folders of the system instead.
 */
final class ModulePath {
    private static final String FILE = "/package.json";
    private static final String MODULES = "node_modules";
    private static final List<String> SYSTEM = List.of("/usr/share/nodejs", "/usr/lib/nodejs", "/usr/local/lib/nodejs");

    private ModulePath() {}

    /** The name under which a package is installed, told from the path of its package.json; empty for any other file. */
    static Optional<String> installedName(String path) {
        if (!path.endsWith(FILE)) {
            return Optional.empty();
        }
        int nameEnd = path.length() - FILE.length();
        int nameStart = path.lastIndexOf('/', nameEnd - 1) + 1;
        if (nameStart < 2 || nameStart >= nameEnd) {
            return Optional.empty();
        }
        int folderEnd = nameStart - 1;
        int folderStart = path.lastIndexOf('/', folderEnd - 1) + 1;
        if (folderStart > 1 && path.charAt(folderStart) == '@') {
            nameStart = folderStart;
            folderEnd = folderStart - 1;
        }
        return holdsModules(path, folderEnd) ? Optional.of(path.substring(nameStart, nameEnd)) : Optional.empty();
    }

    private static boolean holdsModules(String path, int end) {
        int start = end - MODULES.length();
        if (start > 0 && path.startsWith(MODULES, start) && path.charAt(start - 1) == '/') {
            return true;
        }
        for (String folder : SYSTEM) {
            if (end == folder.length() && path.startsWith(folder)) {
                return true;
            }
        }
        // Compiled add-ons, by Debian's multi-arch layout: /usr/lib/x86_64-linux-gnu/nodejs.
        return path.startsWith("/usr/lib/") && path.substring(0, end).endsWith("-linux-gnu/nodejs");
    }

    /** The name that a key of a lock file's {@code packages} installs under: what follows its last {@code node_modules/}. */
    static String nameOfKey(String key) {
        int modules = key.lastIndexOf(MODULES + "/");
        return modules < 0 ? "" : key.substring(modules + MODULES.length() + 1);
    }

    /** Whether any folder of the path is called {@code node_modules}. */
    static boolean isInsideModules(String path) {
        return path.contains("/" + MODULES + "/");
    }
}
