package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tar archive that is handed over in pieces, and tells a {@link TarSink} about its entries.
 *
 * <pre>
 * archive = { entry } end
 * entry   = { special } header content
 * special = header(x: PAX records | L: long name | K: long link name | g: global records) content
 * content = bytes, padded with zeros to 512
 * end     = two blocks of zeros, or the end of the stream at a block's beginning
 * </pre>
 *
 * <p>Read are V7, ustar, PAX, GNU and star headers ({@link TarHeader}, {@link PaxRecords}); long names of PAX and GNU; base-256 numbers;
 * sparse files of GNU (type S) and PAX (0.0, 0.1, 1.0). The later of two specials of one kind counts; a GNU long name beats a PAX path.
 *
 * <p>Where dialects leave a choice, the answer is that of the tar reader of container runtimes, because what they unpack is what runs:
 *
 * <ul>
 *   <li>links, devices, directories and fifos have no content, whatever their size field says;
 *   <li>global PAX records are checked, and rename nothing;
 *   <li>two zero blocks end the archive. What stands behind is not unpacked by anyone: {@link #hidesArchive()} tells whether it looks
 *       like another archive. A single zero block is passed over, so that archives laid end to end without their end marks read as one;
 *   <li>an unknown type is a regular file; a V7 file whose name ends in a slash is a directory.
 * </ul>
 *
 * <p>Bounds: {@link Limits#entries()}, {@link Limits#pathBytes()} a name, {@link Limits#lineBytes()} a special. Not safe for use by
 * several threads.
 */
public final class TarWalker {
    private enum State {
        HEADER,
        SPECIAL,
        SPARSE_HEADERS,
        SPARSE_TEXT,
        CONTENT,
        SKIP,
        ENDED
    }

    private static final int BLOCK = TarHeader.BLOCK;
    /** One extension block of an old GNU sparse map: 21 extents, and whether another block follows. */
    private static final int EXTENSION_EXTENTS = 21;

    private static final int EXTENSION_MORE = 504;

    private final TarSink sink;
    private final Limits limits;
    private final TarEntry entry = new TarEntry();
    private final byte[] block = new byte[BLOCK];
    private int blockLength;
    private State state = State.HEADER;
    private long position;
    private long entries;
    private int zeroBlocks;
    private boolean looksBehindEnd;
    private boolean hidesArchive;

    /** What is left of the content, or of what is passed over. */
    private long remaining;
    /** How much of what is passed over is padding, which may be missing at the very end. */
    private int padding;

    private byte specialType;
    private byte[] special = new byte[BLOCK];
    private int specialLength;
    private @Nullable PaxRecords pax;
    private byte @Nullable [] longName;
    private byte @Nullable [] longLinkName;
    private SparseMap sparseMap = new SparseMap();
    private long headerSize;
    private long realSize;
    private int linesWanted;
    private int linesSeen;

    public TarWalker(TarSink sink, Limits limits) {
        this.sink = sink;
        this.limits = limits;
    }

    /** Whether a stream that begins like this can be a tar: its first block is a header, or zeros for an archive without entries. */
    public static boolean looksLikeTar(byte[] head, int length) {
        return length >= BLOCK && (TarHeader.isZero(head, 0) || TarHeader.hasChecksum(head, 0));
    }

    /** Takes the next bytes of the archive. */
    public void accept(byte[] bytes, int offset, int length) throws InputException, IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int from = offset;
        int to = offset + length;
        while (from < to) {
            int used = switch (state) {
                case HEADER, SPARSE_HEADERS, SPARSE_TEXT, ENDED -> acceptBlock(bytes, from, to);
                case SPECIAL -> acceptSpecial(bytes, from, to);
                case CONTENT -> acceptContent(bytes, from, to);
                case SKIP -> acceptSkipped(to - from);
            };
            from += used;
        }
    }

    /** How many of the next bytes nobody wants: they may be passed to {@link #skip} instead of {@link #accept}. */
    public long skippable() {
        return state == State.SKIP ? remaining : 0;
    }

    /** Passes over bytes without seeing them. */
    public void skip(long bytes) {
        if (bytes < 0 || bytes > skippable()) {
            throw new IllegalArgumentException("not skippable: " + bytes);
        }
        position += bytes;
        remaining -= bytes;
        if (remaining == 0) {
            state = State.HEADER;
        }
    }

    /** Says that no more bytes come. */
    public void finish() throws InputException {
        boolean whole = switch (state) {
            case HEADER -> blockLength == 0 && !isSpecialPending();
            case SKIP -> remaining <= padding && !isSpecialPending();
            case ENDED -> true;
            case SPECIAL, SPARSE_HEADERS, SPARSE_TEXT, CONTENT -> false;
        };
        if (!whole) {
            throw new InputException(
                    InputException.Code.TRUNCATED,
                    String.format(Locale.ROOT, "tar ends after %,d bytes, %s", position, place()));
        }
    }

    /** Whether the end mark has been met. */
    public boolean isEnded() {
        return state == State.ENDED;
    }

    /** Whether another archive stands behind the end mark, where no container runtime reads on. */
    public boolean hidesArchive() {
        return hidesArchive;
    }

    /** How many entries were met. */
    public long entries() {
        return entries;
    }

    /** How many bytes were taken. */
    public long position() {
        return position;
    }

    private boolean isSpecialPending() {
        return pax != null || longName != null || longLinkName != null;
    }

    private String place() {
        if (state == State.HEADER || state == State.SPECIAL) {
            return "in the middle of a header";
        }
        return "in the middle of " + entryName();
    }

    private String entryName() {
        return SafeText.of(new String(entry.name, 0, entry.nameLength, StandardCharsets.UTF_8));
    }

    private int acceptBlock(byte[] bytes, int from, int to) throws InputException, IOException {
        if (blockLength == 0 && to - from >= BLOCK) {
            position += BLOCK;
            takeBlock(bytes, from);
            return BLOCK;
        }
        int used = Math.min(BLOCK - blockLength, to - from);
        System.arraycopy(bytes, from, block, blockLength, used);
        blockLength += used;
        position += used;
        if (blockLength == BLOCK) {
            blockLength = 0;
            takeBlock(block, 0);
        }
        return used;
    }

    private void takeBlock(byte[] bytes, int offset) throws InputException, IOException {
        switch (state) {
            case HEADER -> takeHeader(bytes, offset);
            case SPARSE_HEADERS -> takeSparseHeader(bytes, offset);
            case SPARSE_TEXT -> takeSparseText(bytes, offset);
            case ENDED -> lookBehindEnd(bytes, offset);
            case SPECIAL, CONTENT, SKIP -> throw new IllegalStateException("no block expected: " + state);
        }
    }

    private void lookBehindEnd(byte[] bytes, int offset) {
        if (looksBehindEnd && !TarHeader.isZero(bytes, offset)) {
            hidesArchive = TarHeader.hasChecksum(bytes, offset);
            looksBehindEnd = false;
        }
    }

    private void takeHeader(byte[] bytes, int offset) throws InputException, IOException {
        if (bytes[offset] == 0 && TarHeader.isZero(bytes, offset)) {
            if (++zeroBlocks == 2) {
                state = State.ENDED;
                looksBehindEnd = true;
            }
            return;
        }
        zeroBlocks = 0;
        if (!TarHeader.hasChecksum(bytes, offset)) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    String.format(
                            Locale.ROOT,
                            "tar is corrupt: the header at byte %,d has a wrong checksum",
                            position - BLOCK));
        }
        headerSize = TarHeader.number(bytes, offset + TarHeader.SIZE, TarHeader.NUMBER_LENGTH, "size");
        byte type = bytes[offset + TarHeader.TYPE];
        switch (type) {
            case 'x', 'X', 'g', 'L', 'K' -> openSpecial(type);
            default -> takeEntry(type, bytes, offset);
        }
    }

    private void openSpecial(byte type) throws InputException {
        if (headerSize > limits.lineBytes()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "tar header at byte %,d announces %,d bytes of names, more than the %,d that are read",
                            position - BLOCK,
                            headerSize,
                            limits.lineBytes()));
        }
        specialType = type;
        specialLength = 0;
        remaining = headerSize;
        state = State.SPECIAL;
        if (remaining == 0) {
            state = State.HEADER;
        } else if (special.length < headerSize) {
            special = new byte[(int) headerSize];
        }
    }

    private int acceptSpecial(byte[] bytes, int from, int to) throws InputException {
        int used = (int) Math.min(remaining, to - from);
        System.arraycopy(bytes, from, special, specialLength, used);
        specialLength += used;
        position += used;
        remaining -= used;
        if (remaining == 0) {
            closeSpecial();
            passOver(0, headerSize);
        }
        return used;
    }

    private void closeSpecial() throws InputException {
        int textLength = TarHeader.textLength(special, 0, specialLength);
        switch (specialType) {
            case 'L' -> longName = Arrays.copyOf(special, textLength);
            case 'K' -> longLinkName = Arrays.copyOf(special, textLength);
            case 'g' -> new PaxRecords().read(special, specialLength);
            default -> {
                PaxRecords records = new PaxRecords();
                records.read(special, specialLength);
                pax = records;
            }
        }
    }

    private void takeEntry(byte type, byte[] bytes, int offset) throws InputException, IOException {
        if (++entries > limits.entries()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    String.format(Locale.ROOT, "tar with more than %,d entries", limits.entries()));
        }
        entry.clear();
        takeNames(bytes, offset);
        entry.type = typeOf(type, entry.name, entry.nameLength);
        entry.mode = (int) Math.max(0, TarHeader.octal(bytes, offset + TarHeader.MODE, 8)) & 07777;
        PaxRecords records = pax;
        longName = null;
        longLinkName = null;
        pax = null;
        if (entry.type != TarEntry.Type.FILE) {
            headerSize = 0;
        } else if (records != null && records.size >= 0) {
            headerSize = records.size;
        }
        realSize = headerSize;
        if (records != null && records.isSparse && entry.type == TarEntry.Type.FILE) {
            takePaxSparse(records);
        } else if (type == 'S') {
            takeOldSparse(bytes, offset);
        } else {
            emit(false);
        }
    }

    private void takeNames(byte[] bytes, int offset) throws InputException {
        PaxRecords records = pax;
        if (records != null && records.sparseName != null) {
            entry.setName(records.sparseName, 0, records.sparseName.length);
        } else if (longName != null) {
            entry.setName(longName, 0, longName.length);
        } else if (records != null && records.path != null) {
            entry.setName(records.path, 0, records.path.length);
        } else {
            takeShortName(bytes, offset);
        }
        if (longLinkName != null) {
            entry.setLinkName(longLinkName, 0, longLinkName.length);
        } else if (records != null && records.linkPath != null) {
            entry.setLinkName(records.linkPath, 0, records.linkPath.length);
        } else {
            int at = offset + TarHeader.LINK_NAME;
            entry.setLinkName(bytes, at, TarHeader.textLength(bytes, at, TarHeader.NAME_LENGTH));
        }
        if (Math.max(entry.nameLength, entry.linkNameLength) > limits.pathBytes()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "tar entry with a name of %,d bytes, more than the %,d of any file system",
                            Math.max(entry.nameLength, entry.linkNameLength),
                            limits.pathBytes()));
        }
    }

    private void takeShortName(byte[] bytes, int offset) {
        int nameLength = TarHeader.textLength(bytes, offset + TarHeader.NAME, TarHeader.NAME_LENGTH);
        int prefixLength = TarHeader.prefixLength(bytes, offset);
        if (prefixLength == 0) {
            entry.setName(bytes, offset + TarHeader.NAME, nameLength);
            return;
        }
        // prefix (155) + slash + name (100) fit the 256 bytes that an entry's name always has
        System.arraycopy(bytes, offset + TarHeader.PREFIX, entry.name, 0, prefixLength);
        entry.name[prefixLength] = '/';
        System.arraycopy(bytes, offset + TarHeader.NAME, entry.name, prefixLength + 1, nameLength);
        entry.nameLength = prefixLength + 1 + nameLength;
    }

    private static TarEntry.Type typeOf(byte type, byte[] name, int nameLength) {
        return switch (type) {
            case '1' -> TarEntry.Type.HARD_LINK;
            case '2' -> TarEntry.Type.SYMBOLIC_LINK;
            case '3' -> TarEntry.Type.CHARACTER_DEVICE;
            case '4' -> TarEntry.Type.BLOCK_DEVICE;
            case '5' -> TarEntry.Type.DIRECTORY;
            case '6' -> TarEntry.Type.FIFO;
            case 0 -> nameLength > 0 && name[nameLength - 1] == '/' ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
            default -> TarEntry.Type.FILE;
        };
    }

    private void takePaxSparse(PaxRecords records) throws InputException, IOException {
        if (records.sparseSize >= 0) {
            realSize = records.sparseSize;
        }
        sparseMap = records.map;
        if (records.hasMapInContent) {
            sparseMap = new SparseMap();
            specialLength = 0;
            linesWanted = 1;
            linesSeen = 0;
            state = State.SPARSE_TEXT;
        } else {
            emit(true);
        }
    }

    /** A block of the map that begins the content of a PAX 1.0 sparse file: decimal lines, first the count, then offset and length. */
    private void takeSparseText(byte[] bytes, int offset) throws InputException, IOException {
        if (headerSize < BLOCK || specialLength + BLOCK > limits.lineBytes()) {
            throw SparseMap.malformed("its map is cut off or too long");
        }
        headerSize -= BLOCK;
        if (special.length < specialLength + BLOCK) {
            special = Arrays.copyOf(special, Math.max(specialLength + BLOCK, special.length * 2));
        }
        System.arraycopy(bytes, offset, special, specialLength, BLOCK);
        for (int i = specialLength; i < specialLength + BLOCK && linesSeen < linesWanted; i++) {
            if (special[i] == '\n' && ++linesSeen == 1) {
                long extents = PaxRecords.decimal(special, 0, i);
                if (extents > limits.lineBytes()) {
                    throw SparseMap.malformed(String.format(Locale.ROOT, "it announces %,d extents", extents));
                }
                linesWanted = 1 + 2 * (int) extents;
            }
        }
        specialLength += BLOCK;
        if (linesSeen == linesWanted) {
            readSparseText();
            emit(true);
        }
    }

    private void readSparseText() throws InputException {
        int from = 0;
        long offset = 0;
        for (int line = 0; line < linesWanted; line++) {
            int to = from;
            while (special[to] != '\n') {
                to++;
            }
            long number = PaxRecords.decimal(special, from, to);
            if (line > 0 && line % 2 == 1) {
                offset = number;
            } else if (line > 0) {
                sparseMap.add(offset, number);
            }
            from = to + 1;
        }
    }

    private void takeOldSparse(byte[] bytes, int offset) throws InputException, IOException {
        if (!TarHeader.isGnu(bytes, offset)) {
            throw SparseMap.malformed("its header is not of GNU tar");
        }
        realSize = TarHeader.number(bytes, offset + TarHeader.SPARSE_REAL_SIZE, TarHeader.NUMBER_LENGTH, "real size");
        sparseMap = new SparseMap();
        boolean more = takeExtents(bytes, offset + TarHeader.SPARSE, 4) && bytes[offset + TarHeader.SPARSE_MORE] != 0;
        if (more) {
            state = State.SPARSE_HEADERS;
        } else {
            emit(true);
        }
    }

    private void takeSparseHeader(byte[] bytes, int offset) throws InputException, IOException {
        boolean more = takeExtents(bytes, offset, EXTENSION_EXTENTS) && bytes[offset + EXTENSION_MORE] != 0;
        if (!more) {
            emit(true);
        }
    }

    /** Reads extents until an empty one; whether there was none. */
    private boolean takeExtents(byte[] bytes, int offset, int count) throws InputException {
        for (int i = 0; i < count; i++) {
            int at = offset + i * 2 * TarHeader.NUMBER_LENGTH;
            if (bytes[at] == 0) {
                return false;
            }
            sparseMap.add(
                    TarHeader.number(bytes, at, TarHeader.NUMBER_LENGTH, "sparse map"),
                    TarHeader.number(bytes, at + TarHeader.NUMBER_LENGTH, TarHeader.NUMBER_LENGTH, "sparse map"));
        }
        return true;
    }

    private void emit(boolean sparse) throws InputException, IOException {
        if (headerSize > Long.MAX_VALUE - BLOCK - position) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    String.format(Locale.ROOT, "tar header is corrupt: %s has %,d bytes", entryName(), headerSize));
        }
        entry.size = realSize;
        entry.storedSize = headerSize;
        entry.contentOffset = position;
        if (sparse) {
            entry.extents = sparseMap.finish(realSize, headerSize);
        }
        boolean wanted = sink.entry(entry);
        if (wanted && headerSize > 0) {
            remaining = headerSize;
            state = State.CONTENT;
        } else {
            if (wanted) {
                sink.contentEnd();
            }
            passOver(headerSize, headerSize);
        }
    }

    private int acceptContent(byte[] bytes, int from, int to) throws InputException, IOException {
        int used = (int) Math.min(remaining, to - from);
        sink.content(bytes, from, used);
        position += used;
        remaining -= used;
        if (remaining == 0) {
            sink.contentEnd();
            passOver(0, headerSize);
        }
        return used;
    }

    /** Passes over content that nobody wants, and over the padding of content of this size. */
    private void passOver(long content, long size) {
        padding = (int) (-size & (BLOCK - 1));
        remaining = content + padding;
        state = remaining == 0 ? State.HEADER : State.SKIP;
    }

    private int acceptSkipped(int available) {
        int used = (int) Math.min(remaining, available);
        skip(used);
        return used;
    }
}
