package dev.holdfast.inventory.dpkg;

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
import org.jspecify.annotations.Nullable;

/**
 * Reads dpkg's status file: control data as {@code deb822(5)} and {@code dpkg(1)} describe it.
 *
 * <pre>
 * file         = { blank } stanza { blank { blank } stanza } ;
 * stanza       = field { field } ;
 * field        = name ":" value { LF ( " " | TAB ) continuation } LF ;       names are case-insensitive
 * status value = want SP error SP state ;
 * source value = name [ SP "(" version ")" ] ;
 * </pre>
 *
 * A package counts by its <em>state</em>: {@code not-installed} and {@code config-files} are gone, everything else
 * ({@code half-installed}, {@code unpacked}, {@code half-configured}, {@code triggers-awaited}, {@code triggers-pending},
 * {@code installed}) has files in place, whatever is <em>wanted</em> of it ({@code hold}, {@code deinstall}). A stanza without
 * {@code Status}, as {@code status.d} has them, is there.
 *
 * <p>The source is named by {@code Source}; without it, or without a version in it, source and binary are called alike (advisories speak
 * of sources, and a rebuild {@code +b1} changes only the binary's version).
 *
 * <p>The file is scanned in place; only the few values of a package that is there become strings. A file of a big image has several
 * megabytes, and each layer that installs something holds it anew.
 */
final class StatusFile {
    private final String path;
    private final byte[] bytes;
    private final String evidence;
    private final Limits limits;
    private final Gaps gaps;

    private final Value name = new Value("package");
    private final Value status = new Value("status");
    private final Value version = new Value("version");
    private final Value architecture = new Value("architecture");
    private final Value source = new Value("source");
    private final Value maintainer = new Value("maintainer");
    private final Value origin = new Value("origin");

    private int line = 1;
    private int firstLine;
    private int nameless;
    private int firstNameless;

    StatusFile(String path, byte[] bytes, String evidence, Limits limits, Gaps gaps) {
        this.path = path;
        this.bytes = bytes;
        this.evidence = evidence;
        this.limits = limits;
        this.gaps = gaps;
    }

    void read(Consumer<PackageRecord> packages) throws InputException {
        int at = 0;
        while (at < bytes.length) {
            int end = endOfLine(at);
            if (isBlank(at, end)) {
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

    private int endOfLine(int at) {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean isBlank(int at, int end) {
        for (int i = at; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void field(int at, int end) throws InputException {
        if (firstLine == 0) {
            firstLine = line;
        }
        @Nullable Value value = valueNamed(at, end);
        if (value == null) {
            return;
        }
        int from = at + value.field.length + 1;
        int to = end;
        while (from < to && isSpace(bytes[from])) {
            from++;
        }
        while (to > from && isSpace(bytes[to - 1])) {
            to--;
        }
        if (to - from > limits.lineBytes()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "line " + line + " has more than " + limits.lineBytes() + " bytes, too long for a package's field");
        }
        value.from = from;
        value.to = to;
        if (value == name) {
            firstLine = line;
        }
    }

    /** The value that the line's field name asks for; most lines are told to be none by their first byte. */
    private @Nullable Value valueNamed(int at, int end) {
        Value value = switch (bytes[at] | 0x20) {
            case 'p' -> name;
            case 's' -> bytes.length > at + 1 && (bytes[at + 1] | 0x20) == 't' ? status : source;
            case 'v' -> version;
            case 'a' -> architecture;
            case 'm' -> maintainer;
            case 'o' -> origin;
            default -> null;
        };
        return value != null && value.isNamed(bytes, at, end) ? value : null;
    }

    private void finish(Consumer<PackageRecord> packages) throws InputException {
        if (firstLine != 0) {
            if (name.isEmpty()) {
                firstNameless = nameless++ == 0 ? firstLine : firstNameless;
            } else if (isThere()) {
                packages.accept(record());
            }
        }
        firstLine = 0;
        name.clear();
        status.clear();
        version.clear();
        architecture.clear();
        source.clear();
        maintainer.clear();
        origin.clear();
    }

    private boolean isThere() {
        if (status.isEmpty()) {
            return true;
        }
        int state = status.to;
        while (state > status.from && !isSpace(bytes[state - 1])) {
            state--;
        }
        int length = status.to - state;
        return !(regionIs("not-installed", state, length) || regionIs("config-files", state, length));
    }

    private boolean regionIs(String word, int at, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private PackageRecord record() {
        String ownName = name.text(bytes);
        String ownVersion = version.text(bytes);
        return new PackageRecord(
                PackageType.DEB,
                ownName,
                ownVersion,
                architecture.isEmpty() ? Optional.empty() : Optional.of(architecture.text(bytes)),
                Optional.of(sourceOf(ownName, ownVersion)),
                "",
                firstLine,
                Confidence.HIGH,
                evidence,
                details(),
                List.of());
    }

    private Source sourceOf(String ownName, String ownVersion) {
        if (source.isEmpty()) {
            return new Source(ownName, ownVersion);
        }
        String text = source.text(bytes);
        int open = text.indexOf('(');
        if (open < 0) {
            return new Source(text, ownVersion);
        }
        int close = text.indexOf(')', open);
        String told =
                text.substring(open + 1, close < 0 ? text.length() : close).strip();
        return new Source(text.substring(0, open).strip(), told.isEmpty() ? ownVersion : told);
    }

    private Map<Detail, String> details() {
        Map<Detail, String> details = new EnumMap<>(Detail.class);
        if (!maintainer.isEmpty()) {
            details.put(Detail.VENDOR, maintainer.text(bytes));
        }
        if (!origin.isEmpty()) {
            details.put(Detail.ORIGIN, origin.text(bytes));
        }
        return details;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    /** Where in the file the value of one field of the current stanza lies. */
    private static final class Value {
        private final byte[] field;
        private int from;
        private int to;

        Value(String field) {
            this.field = field.getBytes(UTF_8);
        }

        boolean isNamed(byte[] bytes, int at, int end) {
            if (end - at <= field.length || bytes[at + field.length] != ':') {
                return false;
            }
            for (int i = 0; i < field.length; i++) {
                if ((bytes[at + i] | 0x20) != field[i]) {
                    return false;
                }
            }
            return true;
        }

        boolean isEmpty() {
            return from == to;
        }

        void clear() {
            from = 0;
            to = 0;
        }

        String text(byte[] bytes) {
            return new String(bytes, from, to - from, UTF_8);
        }
    }
}
