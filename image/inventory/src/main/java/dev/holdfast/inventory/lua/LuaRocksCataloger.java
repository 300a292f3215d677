package dev.holdfast.inventory.lua;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.BroughtAlong;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what LuaRocks installed and locks. Both files are Lua programs that only assign; they are looked at, never run.
 *
 * <pre>
 *   rocks-5.4/NAME/VERSION/NAME-VERSION.rockspec      package = "name"     version = "1.0.0-1"
 *   luarocks.lock                                     return { dependencies = { ["name"] = "1.0.0-1" } }
 * </pre>
 */
public final class LuaRocksCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("*.rockspec", "luarocks.lock");

    @Override
    public String name() {
        return "luarocks";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads("Lua, installed", "`rocks*/**/*.rockspec`", "every installed rock"),
                new Reads("Lua, locked", "`luarocks.lock`", "every rock with its line"));
    }

    @Override
    public boolean isRecord(String path) {
        return path.endsWith(".rockspec") ? path.contains("/rocks") : !BroughtAlong.isInside(path);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        TextLines lines = new TextLines(file.bytes(), file.limits());
        boolean isLock = file.name().equals("luarocks.lock");
        String name = "";
        String version = "";
        while (lines.advance()) {
            String line = lines.text().strip();
            if (isLock && line.startsWith("[")) {
                readLocked(line, lines.number(), packages);
            } else if (name.isEmpty() && isAssigned(line, "package")) {
                name = quoted(line, 0);
            } else if (version.isEmpty() && isAssigned(line, "version")) {
                version = quoted(line, 0);
            }
        }
        if (!isLock && !name.isEmpty()) {
            packages.accept(PackageRecord.of(PackageType.LUAROCKS, name, version, Confidence.HIGH, "rockspec"));
        }
    }

    private static void readLocked(String line, int number, Consumer<PackageRecord> packages) {
        int equals = line.indexOf('=');
        String name = quoted(line, 0);
        if (equals > 0 && !name.isEmpty()) {
            packages.accept(
                    PackageRecord.locked(PackageType.LUAROCKS, name, quoted(line, equals), "luarocks.lock", number));
        }
    }

    private static boolean isAssigned(String line, String variable) {
        return line.startsWith(variable)
                && line.substring(variable.length()).stripLeading().startsWith("=");
    }

    /** The first text in single or double quotes from there; empty when there is none. */
    private static String quoted(String line, int from) {
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' || c == '\'') {
                int end = line.indexOf(c, i + 1);
                return end < 0 ? "" : line.substring(i + 1, end);
            }
        }
        return "";
    }
}
