package dev.holdfast.inventory.ruby;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger.RecordFile;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The specification of an installed gem, a Ruby program that RubyGems writes always alike:
 *
 * <pre>
 *   # -*- encoding: utf-8 -*-
 *   # stub: rake 13.0.6 ruby lib                 name, version, platform, folders
 *   Gem::Specification.new do |s|
 *     s.name = "rake".freeze
 *     s.version = "13.0.6"                       or Gem::Version.new("13.0.6")
 *     s.licenses = ["MIT".freeze]
 * </pre>
 *
 * The stub is believed; older RubyGems write none, and then the assignments are. Nothing is ever run.
 */
final class GemSpecification {
    private static final String STUB = "# stub: ";
    private static final String EVIDENCE = "gemspec";

    private String name = "";
    private String version = "";
    private String licence = "";

    private GemSpecification() {}

    static void read(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        GemSpecification specification = new GemSpecification();
        TextLines lines = new TextLines(file.bytes(), file.limits());
        while (lines.advance()) {
            specification.read(lines.text().strip());
        }
        if (specification.name.isEmpty() || specification.version.isEmpty()) {
            file.gaps().add(Gap.Code.UNREADABLE, file.path(), "the specification names no gem and version");
            return;
        }
        PackageRecord found =
                PackageRecord.of(PackageType.GEM, specification.name, specification.version, Confidence.HIGH, EVIDENCE);
        packages.accept(
                specification.licence.isEmpty() ? found : found.withDetail(Detail.LICENCE, specification.licence));
    }

    private void read(String line) {
        if (line.startsWith(STUB)) {
            String[] words = line.substring(STUB.length()).split(" ", 3);
            name = words[0];
            version = words.length > 1 ? words[1] : "";
        } else if (name.isEmpty() && isAssigned(line, "name")) {
            name = quoted(line);
        } else if (version.isEmpty() && isAssigned(line, "version")) {
            version = quoted(line);
        } else if (licence.isEmpty() && (isAssigned(line, "licenses") || isAssigned(line, "license"))) {
            licence = quoted(line);
        }
    }

    /** {@code s.field =}, with any variable's name. */
    private static boolean isAssigned(String line, String field) {
        int dot = line.indexOf('.');
        int end = dot + 1 + field.length();
        return dot > 0
                && line.indexOf(' ') > dot
                && line.startsWith(field, dot + 1)
                && line.startsWith("=", end + (line.startsWith(" ", end) ? 1 : 0));
    }

    /** The first quoted text of a line. */
    private static String quoted(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' || c == '\'') {
                int end = line.indexOf(c, i + 1);
                return end < 0 ? "" : line.substring(i + 1, end);
            }
        }
        return "";
    }
}
