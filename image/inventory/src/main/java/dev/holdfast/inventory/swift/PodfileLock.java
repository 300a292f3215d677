package dev.holdfast.inventory.swift;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import java.util.function.Consumer;

/**
 * CocoaPods' lock file. It is YAML; its pods are the items of the first section, whose texts have a form of their own:
 *
 * <pre>
 *   PODS:
 *     - Name (1.0.0)
 *     - Name/Subspecification (1.0.0):
 *       - Other (~> 2.0)                    what it depends on
 *     - "Name+Quoted (1.0.0)"
 *   DEPENDENCIES:
 * </pre>
 */
final class PodfileLock {
    private static final String ITEM = "  - ";

    private PodfileLock() {}

    static void read(byte[] bytes, Limits limits, Consumer<PackageRecord> packages) throws InputException {
        TextLines lines = new TextLines(bytes, limits);
        boolean isInPods = false;
        while (lines.advance()) {
            String text = lines.text();
            if (!text.isEmpty() && text.charAt(0) > ' ') {
                isInPods = text.startsWith("PODS:");
            } else if (isInPods && text.startsWith(ITEM)) {
                pod(text.substring(ITEM.length()), lines.number(), packages);
            }
        }
    }

    private static void pod(String item, int line, Consumer<PackageRecord> packages) {
        int from = item.startsWith("\"") ? 1 : 0;
        int open = item.indexOf(" (");
        int close = item.indexOf(')', Math.max(0, open));
        if (open > from && close > open) {
            packages.accept(PackageRecord.locked(
                    PackageType.COCOAPODS,
                    item.substring(from, open),
                    item.substring(open + 2, close),
                    "Podfile.lock",
                    line));
        }
    }
}
