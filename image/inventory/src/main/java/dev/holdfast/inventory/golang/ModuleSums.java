package dev.holdfast.inventory.golang;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Cataloger.RecordFile;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import dev.holdfast.oci.FileContent;
import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code go.sum}: a line {@code PATH VERSION h1:HASH} for each module whose files were downloaded, {@code PATH VERSION/go.mod h1:HASH} for
 * each whose requirements were looked at. It keeps what was once needed, so it names versions that are not built.
 */
final class ModuleSums {
    private static final String EVIDENCE = "go.sum";

    private ModuleSums() {}

    private record Sum(String path, String version, int line) {
        PackageRecord record() {
            return PackageRecord.locked(PackageType.GOLANG, path, version, EVIDENCE, line);
        }

        /** Where the version stands in order; empty for one that is none. */
        private Optional<VersionKey> key() {
            return Scheme.GOLANG.key(version.startsWith("v") ? version.substring(1) : version);
        }

        boolean isAbove(Sum other) {
            Optional<VersionKey> own = key();
            Optional<VersionKey> others = other.key();
            return own.isPresent() && (others.isEmpty() || own.get().compareTo(others.get()) > 0);
        }
    }

    static void readAll(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        for (Sum sum : parse(file.bytes(), file.limits())) {
            packages.accept(sum.record());
        }
    }

    /** Of the {@code go.sum} beside a module file, each module in its highest version, without those already named. */
    static void readHighest(RecordFile moduleFile, Set<String> named, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        Optional<FileContent> sums = moduleFile.siblings().find(moduleFile.folder() + "/go.sum");
        if (sums.isEmpty()) {
            return;
        }
        Map<String, Sum> highest = new LinkedHashMap<>();
        for (Sum sum : parse(sums.get().readAll(moduleFile.limits().fileBytes()), moduleFile.limits())) {
            if (!named.contains(sum.path)) {
                highest.merge(sum.path, sum, (one, other) -> other.isAbove(one) ? other : one);
            }
        }
        for (Sum sum : highest.values()) {
            packages.accept(PackageRecord.locked(PackageType.GOLANG, sum.path, sum.version, EVIDENCE, 0));
        }
    }

    private static List<Sum> parse(byte[] bytes, Limits limits) throws InputException {
        List<Sum> sums = new ArrayList<>();
        TextLines lines = new TextLines(bytes, limits);
        while (lines.advance()) {
            String[] words = lines.text().strip().split(" ");
            if (words.length == 3 && words[2].startsWith("h1:") && !words[1].endsWith("/go.mod")) {
                sums.add(new Sum(words[0], words[1], lines.number()));
            }
        }
        return sums;
    }
}
