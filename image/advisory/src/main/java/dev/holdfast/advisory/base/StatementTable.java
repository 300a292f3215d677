package dev.holdfast.advisory.base;

import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.core.SafeText;
import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Reads the bodies of statements and compares versions with them, by bytes. */
final class StatementTable {
    private final List<Source> sources;
    private final NameTable texts;
    private final Section bodies;
    private final Section versions;

    StatementTable(List<Source> sources, NameTable texts, Section bodies, Section versions) {
        this.sources = sources;
        this.texts = texts;
        this.bodies = bodies;
        this.versions = versions;
    }

    /** A whole body. */
    record Body(
            List<Range> ranges, List<String> versions, List<String> fixedIn, Qualifiers qualifiers, String rating) {}

    Status status(int body) {
        return Codes.status(bodies.u8(body) & Codes.MASK, bodies);
    }

    Source source(int body) {
        return sources.get(sourceNumber(body));
    }

    int sourceNumber(int body) {
        Cursor cursor = bodies.at(body);
        cursor.u8();
        return cursor.below(sources.size());
    }

    /** Whether the version is in a range or is one of the versions; a body without either covers all. */
    boolean covers(int body, VersionKey version) {
        Cursor cursor = bodies.at(body);
        int head = cursor.u8();
        if ((head & (BodyNumbers.RANGES | BodyNumbers.VERSIONS)) == 0) {
            return true;
        }
        cursor.v();
        byte[] key = version.bytes();
        if ((head & BodyNumbers.RANGES) != 0) {
            for (int ranges = cursor.count(1); ranges > 0; ranges--) {
                if (isInNextRange(cursor, key)) {
                    return true;
                }
            }
        }
        if ((head & BodyNumbers.VERSIONS) != 0) {
            for (int count = cursor.count(1); count > 0; count--) {
                if (compare(cursor.v(), key) == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isInNextRange(Cursor cursor, byte[] key) {
        int flags = cursor.u8();
        boolean inside = true;
        if ((flags & StatementBodies.HAS_FROM) != 0) {
            int from = compare(cursor.v(), key);
            inside = from < 0 || from == 0 && (flags & StatementBodies.FROM_INCLUSIVE) != 0;
        }
        if ((flags & StatementBodies.HAS_TO) != 0) {
            int to = cursor.v();
            if (inside) {
                int order = compare(to, key);
                inside = order > 0 || order == 0 && (flags & StatementBodies.TO_INCLUSIVE) != 0;
            }
        }
        return inside;
    }

    /** Compares a stored version with a key. */
    private int compare(int version, byte[] key) {
        Cursor cursor = versions.at(version);
        int length = cursor.v();
        return versions.compare(cursor.position(), length, key);
    }

    /** The text of a stored version. */
    private String text(int version) {
        Cursor cursor = versions.at(version);
        cursor.skip(cursor.count(1));
        return new String(cursor.bytes(cursor.count(1)), StandardCharsets.UTF_8);
    }

    /**
     * Reads all of a body and compares each version's key with the one that the scheme makes of its text.
     *
     * @param right versions already found right under this scheme; takes more
     */
    void verify(int body, Scheme scheme, BitSet right) {
        status(body);
        source(body);
        body(body);
        Cursor cursor = bodies.at(body);
        int head = cursor.u8();
        cursor.v();
        if ((head & BodyNumbers.RANGES) != 0) {
            for (int ranges = cursor.count(1); ranges > 0; ranges--) {
                int flags = cursor.u8();
                int bounds = flags & (StatementBodies.HAS_FROM | StatementBodies.HAS_TO);
                for (int versionsLeft = Integer.bitCount(bounds); versionsLeft > 0; versionsLeft--) {
                    checkKey(cursor.v(), scheme, right);
                }
            }
        }
        if ((head & BodyNumbers.VERSIONS) != 0) {
            for (int count = cursor.count(1); count > 0; count--) {
                checkKey(cursor.v(), scheme, right);
            }
        }
    }

    private void checkKey(int version, Scheme scheme, BitSet right) {
        if (right.get(version)) {
            return;
        }
        String text = text(version);
        Optional<VersionKey> key = scheme.key(text);
        if (key.isEmpty() || compare(version, key.get().bytes()) != 0) {
            throw versions.corrupt("the key of " + scheme.word() + " version " + SafeText.of(text) + " is another");
        }
        right.set(version);
    }

    /** Reads all of a body. */
    Body body(int body) {
        Cursor cursor = bodies.at(body);
        int head = cursor.u8();
        cursor.v();
        List<Range> ranges = (head & BodyNumbers.RANGES) == 0 ? List.of() : ranges(cursor);
        List<String> single = (head & BodyNumbers.VERSIONS) == 0 ? List.of() : versionTexts(cursor);
        List<String> fixes = (head & BodyNumbers.FIXED) == 0 ? List.of() : versionTexts(cursor);
        Qualifiers qualifiers = (head & BodyNumbers.QUALIFIERS) == 0 ? Qualifiers.NONE : qualifiers(cursor);
        String rating = (head & BodyNumbers.RATING) == 0 ? "" : texts.get(cursor.v());
        return new Body(ranges, single, fixes, qualifiers, rating);
    }

    private List<Range> ranges(Cursor cursor) {
        int count = cursor.count(1);
        List<Range> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int flags = cursor.u8();
            String from = (flags & StatementBodies.HAS_FROM) == 0 ? "" : text(cursor.v());
            String to = (flags & StatementBodies.HAS_TO) == 0 ? "" : text(cursor.v());
            ranges.add(new Range(
                    from,
                    (flags & StatementBodies.FROM_INCLUSIVE) != 0,
                    to,
                    (flags & StatementBodies.TO_INCLUSIVE) != 0));
        }
        return ranges;
    }

    private List<String> versionTexts(Cursor cursor) {
        int count = cursor.count(1);
        List<String> found = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            found.add(text(cursor.v()));
        }
        return found;
    }

    private Qualifiers qualifiers(Cursor cursor) {
        int module = cursor.v();
        int repository = cursor.v();
        List<String> architectures = new ArrayList<>();
        for (int architecture : cursor.ascending(texts.count())) {
            architectures.add(texts.get(architecture));
        }
        return new Qualifiers(
                module == 0 ? "" : texts.get(module - 1),
                architectures,
                repository == 0 ? "" : texts.get(repository - 1));
    }
}
