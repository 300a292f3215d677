package dev.holdfast.inventory.golang;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger.RecordFile;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * {@code vendor/modules.txt}, which {@code go mod vendor} writes: {@code # PATH VERSION} before the packages of each module, with
 * {@code => PATH [VERSION]} behind it for a replaced one. A replacement by a folder has no version of its own.
 */
final class VendoredModules {
    private static final String EVIDENCE = "vendor/modules.txt";

    private VendoredModules() {}

    static void read(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        TextLines lines = new TextLines(file.bytes(), file.limits());
        while (lines.advance()) {
            String text = lines.text();
            String[] words = text.startsWith("# ") ? text.substring(2).strip().split(" ") : new String[0];
            boolean isReplaced = words.length == 5 && words[2].equals("=>");
            if (isReplaced) {
                packages.accept(module(words[3], words[4], lines.number())
                        .withDetail(Detail.REPLACED, words[0] + "@" + words[1]));
            } else if (words.length >= 2 && words[1].startsWith("v")) {
                packages.accept(module(words[0], words[1], lines.number()));
            }
        }
    }

    private static PackageRecord module(String path, String version, int line) {
        return PackageRecord.locked(PackageType.GOLANG, path, version, EVIDENCE, line);
    }
}
