package dev.holdfast.inventory.golang;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger.RecordFile;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code go.mod}, as the reference of Go modules describes it. The directives of interest:
 *
 * <pre>
 *   go 1.21
 *   require PATH VERSION                    or   require ( LF { PATH VERSION [ "// indirect" ] LF } )
 *   replace PATH [ VERSION ] => PATH VERSION
 *   replace PATH [ VERSION ] => FOLDER
 * </pre>
 *
 * <p>A path or version may be quoted. Before Go 1.17, only direct requirements stand here; what these require in turn is then taken from
 * {@code go.sum} beside.
 */
final class ModuleFile {
    private static final String EVIDENCE = "go.mod";

    /** The first minor version of Go 1 whose module files name all modules. */
    private static final int FIRST_WHOLE = 17;

    private final RecordFile file;
    private final Consumer<PackageRecord> packages;
    private final List<Required> required = new ArrayList<>();
    private final Map<String, Replacement> replacements = new HashMap<>();
    private int minor;
    private String block = "";

    private record Required(String path, String version, int line) {}

    /** What is taken instead; the version is empty for a folder. */
    private record Replacement(String path, String version) {}

    ModuleFile(RecordFile file, Consumer<PackageRecord> packages) {
        this.file = file;
        this.packages = packages;
    }

    void read() throws InputException, IOException {
        TextLines lines = new TextLines(file.bytes(), file.limits());
        while (lines.advance()) {
            read(words(lines.text()), lines.number());
        }
        for (Required each : required) {
            packages.accept(record(each));
        }
        if (minor < FIRST_WHOLE) {
            Set<String> named = new HashSet<>(replacements.keySet());
            for (Required each : required) {
                named.add(each.path);
            }
            ModuleSums.readHighest(file, named, packages);
        }
    }

    private static List<String> words(String line) {
        int comment = line.indexOf("//");
        String plain = comment < 0 ? line : line.substring(0, comment);
        List<String> words = new ArrayList<>();
        for (String word : plain.strip().split("[ \t]+")) {
            boolean isQuoted = word.length() > 1 && "\"`".indexOf(word.charAt(0)) >= 0;
            if (!word.isEmpty()) {
                words.add(isQuoted ? word.substring(1, word.length() - 1) : word);
            }
        }
        return words;
    }

    private void read(List<String> words, int line) {
        if (words.isEmpty()) {
            return;
        }
        if (words.getFirst().equals(")")) {
            block = "";
        } else if (!block.isEmpty()) {
            directive(block, words, line);
        } else if (words.getLast().equals("(")) {
            block = words.getFirst();
        } else {
            directive(words.getFirst(), words.subList(1, words.size()), line);
        }
    }

    private void directive(String directive, List<String> words, int line) {
        switch (directive) {
            case "go" -> minor = words.isEmpty() ? 0 : minorOf(words.getFirst());
            case "require" -> {
                if (words.size() >= 2 && words.get(1).startsWith("v")) {
                    required.add(new Required(words.get(0), words.get(1), line));
                }
            }
            case "replace" -> replace(words);
            default -> {}
        }
    }

    private static int minorOf(String version) {
        int dot = version.indexOf('.');
        int end = dot + 1;
        while (end < version.length() && Character.isDigit(version.charAt(end)) && end < dot + 5) {
            end++;
        }
        return dot < 0 || end == dot + 1 ? 0 : Integer.parseInt(version, dot + 1, end, 10);
    }

    private void replace(List<String> words) {
        int arrow = words.indexOf("=>");
        if (arrow < 1 || arrow + 1 >= words.size()) {
            return;
        }
        String old = arrow > 1 ? words.get(0) + "@" + words.get(1) : words.getFirst();
        String version = arrow + 2 < words.size() ? words.get(arrow + 2) : "";
        replacements.put(old, new Replacement(words.get(arrow + 1), version));
    }

    private PackageRecord record(Required module) {
        Replacement replacement = replacements.getOrDefault(
                module.path + "@" + module.version,
                replacements.getOrDefault(module.path, new Replacement(module.path, module.version)));
        if (replacement.version.isEmpty()) {
            // A folder of the project: nobody knows how much of the module it kept.
            return PackageRecord.of(
                            PackageType.GOLANG,
                            module.path,
                            module.version,
                            Confidence.LOW,
                            EVIDENCE + ": replaced by the folder " + replacement.path)
                    .withLine(module.line)
                    .withDetail(Detail.WITNESS, "lock");
        }
        PackageRecord found =
                PackageRecord.locked(PackageType.GOLANG, replacement.path, replacement.version, EVIDENCE, module.line);
        return replacement.path.equals(module.path) && replacement.version.equals(module.version)
                ? found
                : found.withDetail(Detail.REPLACED, module.path + "@" + module.version);
    }
}
