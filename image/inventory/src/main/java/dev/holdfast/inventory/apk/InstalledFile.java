package dev.holdfast.inventory.apk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageRecord.Source;
import dev.holdfast.inventory.PackageType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads apk's database of installed packages, a text file.
 *
 * <pre>
 * file    = { package blank } ;
 * package = { letter ":" value LF } ;
 *           P name   V version   A architecture   L licence   o origin, the source package   m maintainer
 *           F folder of the following R lines, relative to the root   R file name in that folder
 *           others (C checksum, S I sizes, T text, U address, D p i dependencies, t k c build, M a Z modes and checksums) are passed over
 * </pre>
 *
 * Letters are case-sensitive. A package without {@code o} is its own source; binary and source always share the version. The older
 * database of Alpine 2 has the same form.
 */
final class InstalledFile {
    private final String path;
    private final byte[] bytes;
    private final Limits limits;
    private final Gaps gaps;

    private String name = "";
    private String version = "";
    private String architecture = "";
    private String origin = "";
    private String licence = "";
    private String maintainer = "";
    private int line = 1;
    private int firstLine;
    private int nameless;
    private int firstNameless;

    InstalledFile(String path, byte[] bytes, Limits limits, Gaps gaps) {
        this.path = path;
        this.bytes = bytes;
        this.limits = limits;
        this.gaps = gaps;
    }

    void read(Consumer<PackageRecord> packages) throws InputException {
        int at = 0;
        while (at < bytes.length) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (end == at || end == at + 1 && bytes[at] == '\r') {
                finish(packages);
            } else {
                field(at, end);
            }
            at = end + 1;
            line++;
        }
        finish(packages);
        if (nameless > 0) {
            gaps.add(
                    Gap.Code.UNREADABLE,
                    path,
                    "line " + firstNameless + ": an entry without a package name was left out"
                            + (nameless == 1 ? "" : ", and " + (nameless - 1) + " more of them"));
        }
    }

    private void field(int at, int end) throws InputException {
        if (firstLine == 0) {
            firstLine = line;
        }
        if (end - at < 2 || bytes[at + 1] != ':') {
            return;
        }
        switch (bytes[at]) {
            case 'P' -> {
                name = value(at, end);
                firstLine = line;
            }
            case 'V' -> version = value(at, end);
            case 'A' -> architecture = value(at, end);
            case 'o' -> origin = value(at, end);
            case 'L' -> licence = value(at, end);
            case 'm' -> maintainer = value(at, end);
            default -> {
                // nothing that a package record holds
            }
        }
    }

    private String value(int at, int end) throws InputException {
        if (end - at > limits.lineBytes()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "line " + line + " has more than " + limits.lineBytes() + " bytes, too long for a package's field");
        }
        return new String(bytes, at + 2, end - at - 2, UTF_8).strip();
    }

    private void finish(Consumer<PackageRecord> packages) {
        if (firstLine != 0) {
            if (name.isEmpty()) {
                firstNameless = nameless++ == 0 ? firstLine : firstNameless;
            } else {
                packages.accept(record());
            }
        }
        firstLine = 0;
        name = "";
        version = "";
        architecture = "";
        origin = "";
        licence = "";
        maintainer = "";
    }

    private PackageRecord record() {
        Map<Detail, String> details = new EnumMap<>(Detail.class);
        if (!licence.isEmpty()) {
            details.put(Detail.LICENCE, licence);
        }
        if (!maintainer.isEmpty()) {
            details.put(Detail.VENDOR, maintainer);
        }
        return new PackageRecord(
                PackageType.APK,
                name,
                version,
                architecture.isEmpty() ? Optional.empty() : Optional.of(architecture),
                Optional.of(new Source(origin.isEmpty() ? name : origin, version)),
                "",
                firstLine,
                Confidence.HIGH,
                "apk installed",
                details,
                List.of());
    }
}
