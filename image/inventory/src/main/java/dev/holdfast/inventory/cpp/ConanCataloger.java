package dev.holdfast.inventory.cpp;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads {@code conan.lock}. A reference is {@code name/version}, then {@code @user/channel}, {@code #revision} and {@code %time}, each
 * only where there is one.
 *
 * <pre>
 *   Conan 1    { "graph_lock": { "nodes": { "1": { "ref": REFERENCE, "context": "host" | "build" } } } }
 *   Conan 2    { "requires": [ REFERENCE ], "build_requires": [ REFERENCE ], "python_requires": [ REFERENCE ] }
 * </pre>
 *
 * What is only needed to build is for development.
 */
public final class ConanCataloger implements LockFileCataloger {
    private static final FileNames FILES = FileNames.of("conan.lock");

    @Override
    public String name() {
        return "conan";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "C, C++: Conan",
                "`conan.lock` (1, 2)",
                "every package with its line, `dev` for what only the build needs"));
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        Set<String> seen = new HashSet<>();
        Consumer<PackageRecord> once = each -> {
            if (seen.add(each.name() + " " + each.version())) {
                packages.accept(each);
            }
        };
        try (JsonCursor cursor = JsonCursor.openObject(file.bytes(), file.limits())) {
            while (cursor.nextMember()) {
                switch (cursor.name()) {
                    case "graph_lock" -> readGraph(cursor, once);
                    case "requires" -> readReferences(cursor, false, once);
                    case "build_requires", "python_requires" -> readReferences(cursor, true, once);
                    default -> cursor.skip();
                }
            }
        }
    }

    private static void readReferences(JsonCursor cursor, boolean isForBuild, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                report(cursor.text().orElse(""), isForBuild, cursor.line(), packages);
            }
        }
    }

    private static void readGraph(JsonCursor cursor, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            if (cursor.name().equals("nodes") && cursor.enterObject()) {
                while (cursor.nextMember()) {
                    readNode(cursor, packages);
                }
            } else {
                cursor.skip();
            }
        }
    }

    private static void readNode(JsonCursor cursor, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        int line = cursor.line();
        String reference = "";
        boolean isForBuild = false;
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "ref" -> reference = cursor.text().orElse("");
                case "context" -> isForBuild = cursor.text().orElse("").equals("build");
                default -> cursor.skip();
            }
        }
        report(reference, isForBuild, line, packages);
    }

    private static void report(String reference, boolean isForBuild, int line, Consumer<PackageRecord> packages) {
        int slash = reference.indexOf('/');
        if (slash < 1) {
            return;
        }
        int end = slash + 1;
        while (end < reference.length() && "@#%".indexOf(reference.charAt(end)) < 0) {
            end++;
        }
        packages.accept(PackageRecord.locked(
                        PackageType.CONAN,
                        reference.substring(0, slash),
                        reference.substring(slash + 1, end),
                        "conan.lock",
                        line)
                .forDevelopment(isForBuild));
    }
}
