package dev.holdfast.secrets;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of one file after another and hands over what is found in them. Files of any size pass through a window of fixed size;
 * archives are unfolded on the way, into a scan one deeper. Owned by one thread.
 */
public final class FileScan {
    /** Fits the second-level cache; nearly all files with settings are smaller, and so are looked at as a whole too. */
    private static final int WINDOW = 256 << 10;

    /** What a value that begins in a window may need behind it: a private key of 16,384 bits. */
    private static final int AHEAD = 16 << 10;

    /** What may stand before a value and tell of it. */
    private static final int BEHIND = 2 << 10;

    private static final int LOOKED_FOR_ZEROS = 1_024;

    /** Archives in archives in archives in archives: a Boot application in an image has two. */
    private static final int DEEPEST = 4;

    private enum Mode {
        UNDECIDED,
        BYTES,
        /** UTF-16, of which each first byte is kept where the second is zero. */
        WIDE_LITTLE,
        WIDE_BIG,
        ZIP,
        DEFLATED,
        PACK,
        TAR
    }

    private final Sweep sweep;
    private final Catalogue catalogue;
    private final Fingerprint fingerprint;
    private final Limits limits;
    private final Gaps gaps;
    private final Consumer<Secret> found;
    private final int depth;
    private final byte[] buffer = new byte[WINDOW];

    private String path = "";
    private Mode mode = Mode.UNDECIDED;
    private int filled;
    private int looked;
    private long position;
    private int lines;
    private boolean isClass;
    /** Where the constants of a class of a package end, behind which nothing is looked at; -1 while that is not known. */
    private int enough;

    private boolean hasHalf;
    private byte half;
    private @Nullable ZipFlow zip;
    private @Nullable FileScan inner;
    private @Nullable Deflated deflated;
    private @Nullable PackFlow pack;
    private @Nullable TarFlow tar;

    FileScan(
            Catalogue catalogue, Fingerprint fingerprint, Limits limits, Gaps gaps, Consumer<Secret> found, int depth) {
        this.catalogue = catalogue;
        this.fingerprint = fingerprint;
        this.limits = limits;
        this.gaps = gaps;
        this.found = found;
        this.depth = depth;
        this.sweep = new Sweep(catalogue, fingerprint);
    }

    /** A file begins; one before it that did not end is forgotten. */
    public void begin(String nextPath) {
        path = nextPath;
        sweep.begin(nextPath, Origin.of(nextPath));
        mode = Mode.UNDECIDED;
        filled = 0;
        looked = 0;
        position = 0;
        lines = 0;
        isClass = false;
        enough = -1;
        hasHalf = false;
    }

    /** Some of its bytes. */
    public void content(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (isUnfolded()) {
                unfold(bytes, at, end - at);
                return;
            }
            at = isWide() ? takeWide(bytes, at, end) : take(bytes, at, end);
            if (mode == Mode.UNDECIDED && filled >= LOOKED_FOR_ZEROS) {
                decide();
            } else if (filled == WINDOW) {
                look(filled - AHEAD);
                slide();
            }
        }
        if (isClass && enough < 0 && position == 0 && sweep.origin().isInPackage()) {
            enough = ClassConstants.poolEnd(buffer, filled);
        }
    }

    /** Whether nothing that follows in this file matters. */
    boolean hasEnough() {
        return enough >= 0;
    }

    /** The file is complete. */
    public void end() {
        if (mode == Mode.UNDECIDED) {
            decide();
        }
        if (isUnfolded()) {
            finish();
        } else {
            look(behindTexts());
            if (position == 0) {
                WholeFiles.look(path, buffer, filled, sweep);
                lookAtConstants();
            }
        }
        hand();
    }

    /** Where what is looked at ends: a class holds texts among its constants only, which is about half of it. */
    private int behindTexts() {
        int end = enough >= 0 || !isClass || position > 0 ? enough : ClassConstants.poolEnd(buffer, filled);
        return end < 0 ? filled : end;
    }

    private void lookAtConstants() {
        String lines = sweep.origin().isInPackage() ? "" : ClassConstants.lines(buffer, filled);
        if (!lines.isEmpty()) {
            hand();
            byte[] text = lines.getBytes(StandardCharsets.UTF_8);
            sweep.begin(path, new Origin(Origin.Sort.CONSTANTS, sweep.origin().isVendored(), false, false));
            sweep.window(text, 0, 0, text.length, text.length, 0, 0);
        }
    }

    private void hand() {
        Findings findings = sweep.findings();
        if (!findings.isEmpty()) {
            findings.take().forEach(found);
            if (findings.isFull()) {
                gaps.add(
                        Gap.Code.LIMIT,
                        path,
                        "more than " + Findings.MOST + " values that look like secrets: the rest is not listed");
            }
        }
    }

    private boolean isUnfolded() {
        return switch (mode) {
            case ZIP, DEFLATED, PACK, TAR -> true;
            case UNDECIDED, BYTES, WIDE_LITTLE, WIDE_BIG -> false;
        };
    }

    private void unfold(byte[] bytes, int offset, int length) {
        Deflated single = deflated;
        PackFlow objects = pack;
        TarFlow files = tar;
        if (mode == Mode.ZIP) {
            zip().accept(bytes, offset, length);
        } else if (mode == Mode.DEFLATED && single != null) {
            single.accept(bytes, offset, length, inner());
        } else if (mode == Mode.PACK && objects != null) {
            objects.accept(bytes, offset, length);
        } else if (files != null) {
            files.accept(bytes, offset, length);
        }
    }

    private void finish() {
        Optional<String> problem = Optional.empty();
        Deflated single = deflated;
        PackFlow objects = pack;
        TarFlow files = tar;
        if (mode == Mode.ZIP) {
            zip().finish();
            problem = zip().problem();
        } else if (mode == Mode.DEFLATED && single != null) {
            inner().end();
            problem = single.problem();
            single.close();
        } else if (mode == Mode.PACK && objects != null) {
            objects.close();
        } else if (files != null) {
            problem = files.problem();
        }
        problem.ifPresent(
                why -> gaps.add(Gap.Code.UNREADABLE, path, "not looked through for secrets to its end: " + why));
    }

    private boolean isWide() {
        return mode == Mode.WIDE_LITTLE || mode == Mode.WIDE_BIG;
    }

    private int take(byte[] bytes, int at, int end) {
        int room = mode == Mode.UNDECIDED ? LOOKED_FOR_ZEROS : WINDOW;
        int count = Math.min(room - filled, end - at);
        System.arraycopy(bytes, at, buffer, filled, count);
        filled += count;
        return at + count;
    }

    private int takeWide(byte[] bytes, int at, int end) {
        int position = at;
        while (position < end && filled < WINDOW) {
            byte next = bytes[position++];
            if (!hasHalf) {
                half = next;
                hasHalf = true;
                continue;
            }
            hasHalf = false;
            byte low = mode == Mode.WIDE_LITTLE ? half : next;
            byte high = mode == Mode.WIDE_LITTLE ? next : half;
            buffer[filled++] = high == 0 ? low : (byte) '?';
        }
        return position;
    }

    /** Tells from the first bytes what the file is. */
    private void decide() {
        mode = Mode.BYTES;
        if (opensArchive()) {
            return;
        }
        isClass = ClassConstants.begins(buffer, filled);
        int even = 0;
        int odd = 0;
        for (int i = 0; i < filled; i++) {
            if (buffer[i] == 0) {
                even += i & 1 ^ 1;
                odd += i & 1;
            }
        }
        boolean isMarkedLittle = filled >= 2 && (buffer[0] & 0xff) == 0xff && (buffer[1] & 0xff) == 0xfe;
        boolean isMarkedBig = filled >= 2 && (buffer[0] & 0xff) == 0xfe && (buffer[1] & 0xff) == 0xff;
        int most = filled / 2;
        if (isMarkedLittle || most >= 8 && odd >= most * 9 / 10 && even == 0) {
            widen(Mode.WIDE_LITTLE);
        } else if (isMarkedBig || most >= 8 && even >= most * 9 / 10 && odd == 0) {
            widen(Mode.WIDE_BIG);
        } else if (even + odd > 0) {
            sweep.begin(path, sweep.origin().asBinary());
        }
    }

    private void widen(Mode wide) {
        mode = wide;
        byte[] head = java.util.Arrays.copyOf(buffer, filled);
        filled = 0;
        takeWide(head, 0, head.length);
    }

    private boolean opensArchive() {
        int gzipHeader = Deflated.gzipHeader(buffer, filled);
        boolean isObject = Deflated.isGitObject(path, buffer, filled);
        boolean isZip = ZipFlow.begins(buffer, filled);
        boolean isPack = PackFlow.begins(buffer, filled) && path.contains("/pack/");
        boolean isTar = TarFlow.begins(buffer, filled);
        boolean isPublic = sweep.origin().isVendored() && !isZip; // a manual page of a distribution
        if (gzipHeader < 0 && !isObject && !isZip && !isPack && !isTar || isPublic) {
            return false;
        }
        if (depth == DEEPEST) {
            gaps.add(Gap.Code.LIMIT, path, "an archive " + DEEPEST + " deep in others: not looked through for secrets");
            return true;
        }
        int from = Math.max(gzipHeader, 0);
        if (isZip) {
            mode = Mode.ZIP;
            zip().begin();
        } else if (isPack) {
            mode = Mode.PACK;
            pack = new PackFlow(new Entries(), limits);
        } else if (isTar) {
            mode = Mode.TAR;
            tar = new TarFlow(new Entries(), limits);
        } else {
            mode = Mode.DEFLATED;
            deflated = new Deflated(isObject, limits);
            inner().begin(path + " ▸ " + (isObject ? "object" : unfoldedName(path)));
        }
        unfold(buffer, from, filled - from);
        return true;
    }

    private static String unfoldedName(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(".gz") || name.endsWith(".tgz") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    private ZipFlow zip() {
        ZipFlow known = zip;
        if (known == null) {
            known = new ZipFlow(new Entries(), limits);
            zip = known;
        }
        return known;
    }

    private FileScan inner() {
        FileScan known = inner;
        if (known == null) {
            known = new FileScan(catalogue, fingerprint, limits, gaps, found, depth + 1);
            inner = known;
        }
        return known;
    }

    /** Shows the entries of an archive to the scan inside this one. */
    private final class Entries implements ZipFlow.Sink {
        @Override
        public void begin(String name) {
            inner().begin(path + " ▸ " + name);
        }

        @Override
        public void content(byte[] bytes, int offset, int length) {
            inner().content(bytes, offset, length);
        }

        @Override
        public boolean hasEnough() {
            return inner().hasEnough();
        }

        @Override
        public void end() {
            inner().end();
        }
    }

    private void look(int limit) {
        if (limit > looked) {
            sweep.window(buffer, 0, looked, limit, filled, position, lines);
            looked = limit;
        }
    }

    /** Keeps what the next window needs of this one. */
    private void slide() {
        int from = looked - BEHIND;
        if (sweep.origin().sort() != Origin.Sort.BINARY) {
            lines += Window.count(buffer, 0, from);
        }
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        filled -= from;
        looked -= from;
        position += from;
    }

    /** Gives back what unfolding took outside the heap. */
    public void close() {
        ZipFlow flow = zip;
        if (flow != null) {
            flow.close();
        }
        FileScan deeper = inner;
        if (deeper != null) {
            deeper.close();
        }
    }
}
