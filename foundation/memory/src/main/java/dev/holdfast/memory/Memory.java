package dev.holdfast.memory;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.core.ByteSize;
import dev.holdfast.core.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;

/**
 * Facts in a folder, {@code FOLDER/TOOL/SHELF/DIGEST}: by the version of the program that found them, their sort, and what they are about.
 * Readable by their owner only, as images may be private.
 *
 * <p>There is no lock. A fact is written under a temporary name and appears whole; two programs that find out the same write the same, and
 * whoever is last wins. What is damaged, cut off, or of another form counts as not known, and is replaced when it was found out again.
 * Nothing here fails its caller: a folder that cannot be written to makes the program slower, and nothing else.
 *
 * <pre>
 * file    = magic version length facts checksum ;     numbers little-endian
 * magic   = "HFFACTS" 0x00 ;
 * version = 4 bytes, {@value #VERSION} ;              a file of another version is not read
 * length  = 4 bytes, of the facts ;
 * facts   = as the {@link FactWriter} wrote them ;
 * checksum = 4 bytes, CRC-32C of "SHELF/DIGEST" and all before it ;
 * </pre>
 */
public final class Memory {
    /** Remembers nothing. */
    public static final Memory NONE = new Memory(Optional.empty(), "none", InstantSource.system());

    static final int VERSION = 1;
    private static final long MAGIC = 0x00_53_54_43_41_46_46_48L; // "HFFACTS" and a zero, the lowest byte first
    private static final int HEAD = 16;
    private static final int FRAME = HEAD + 4;

    /** What is larger is not kept: it would push out everything else. */
    private static final int MOST_BYTES = 512 << 20;

    /** Larger files are mapped, smaller ones read: a mapping costs more than copying so little. */
    private static final int WORTH_MAPPING = 1 << 20;

    /** A fact counts as used when it is asked for; its time is set no more often than this. */
    private static final Duration USE_TICK = Duration.ofHours(1);

    /** What a program that was killed left half written is removed after this. */
    private static final Duration ABANDONED = Duration.ofHours(6);

    private static final String NEW = ".new-";

    private static final Tail NOTHING = new Tail() {
        @Override
        public long length() {
            return 0;
        }

        @Override
        public void writeTo(Pieces out) {}
    };

    private final Optional<Path> folder;
    private final String tool;
    private final InstantSource clock;
    private final AtomicBoolean hasGrown = new AtomicBoolean();

    private Memory(Optional<Path> folder, String tool, InstantSource clock) {
        this.folder = folder;
        this.tool = tool;
        this.clock = clock;
    }

    /**
     * @param tool identifies the version of the program: letters, digits and dashes. Another version finds out everything itself
     */
    public Memory(Path folder, String tool, InstantSource clock) {
        this(Optional.of(folder), tool, clock);
        if (!tool.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("not a version's name: " + tool);
        }
    }

    /** Whether anything can be remembered. */
    public boolean isOn() {
        return folder.isPresent();
    }

    /** By what to know the file again; empty where that cannot be said, or where a change could hide in the tick of a clock. */
    public Optional<FileIdentity> identify(Path file) {
        Instant now = clock.instant();
        return isOn() ? FileIdentity.of(file).filter(seen -> seen.isSettledAt(now)) : Optional.empty();
    }

    /** What is known; empty when nothing is, or nothing that can be trusted. */
    public Optional<FactReader> find(Shelf shelf, Digest about) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Path file = file(folder.get(), shelf, about);
        try (FileChannel channel = FileChannel.open(file)) {
            Optional<FactReader> facts = check(load(channel), name(shelf, about));
            if (facts.isPresent()) {
                use(file);
            }
            return facts;
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /** Whether there is something, damaged or not. */
    public boolean mayKnow(Shelf shelf, Digest about) {
        return folder.isPresent() && Files.isRegularFile(file(folder.get(), shelf, about));
    }

    private Path file(Path root, Shelf shelf, Digest about) {
        return root.resolve(tool).resolve(shelf.word()).resolve(about.hex());
    }

    private static ByteBuffer load(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size > MOST_BYTES + (long) FRAME) {
            throw new DamagedFactsException("too large");
        }
        if (size > WORTH_MAPPING) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, size).order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // until it is whole
        }
        return bytes.flip();
    }

    private static Optional<FactReader> check(ByteBuffer bytes, byte[] name) {
        int length = bytes.limit() - FRAME;
        boolean isFramed = length >= 0
                && bytes.getLong(0) == MAGIC
                && bytes.getInt(8) == VERSION
                && bytes.getInt(12) == length
                && bytes.getInt(HEAD + length) == checksum(name, bytes.slice(0, HEAD + length));
        return isFramed ? Optional.of(new FactReader(bytes.slice(HEAD, length))) : Optional.empty();
    }

    private static byte[] name(Shelf shelf, Digest about) {
        return (shelf.word() + "/" + about.hex()).getBytes(US_ASCII);
    }

    private static int checksum(byte[] name, ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(name);
        sum.update(bytes);
        return (int) sum.getValue();
    }

    private void use(Path file) throws IOException {
        Instant now = clock.instant();
        if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(USE_TICK))) {
            Files.setLastModifiedTime(file, FileTime.from(now));
        }
    }

    /** Remembers; what was known of it before is replaced. */
    public void keep(Shelf shelf, Digest about, FactWriter facts) {
        keep(shelf, about, facts, NOTHING);
    }

    /** Remembers facts and, behind them, bytes that need not all be in memory; {@link FactReader#rest} gives them back. */
    public void keep(Shelf shelf, Digest about, FactWriter facts, Tail tail) {
        long length = facts.length() + tail.length();
        if (folder.isEmpty() || length > MOST_BYTES) {
            return;
        }
        try {
            write(file(folder.get(), shelf, about), name(shelf, about), facts, tail);
            hasGrown.set(true);
        } catch (IOException | UnsupportedOperationException notKept) {
            // the next run finds it out itself
        }
    }

    /** Bytes that are written as they come. */
    public interface Tail {
        /** How many there are. */
        long length();

        /** Hands them over, exactly as many; each piece counts only during the call. */
        void writeTo(Pieces out) throws IOException;
    }

    /** Takes bytes one piece after another. */
    @FunctionalInterface
    public interface Pieces {
        void take(byte[] bytes, int offset, int length) throws IOException;
    }

    private static void write(Path file, byte[] name, FactWriter facts, Tail tail) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IOException("no folder for " + file);
        }
        createPrivate(parent);
        Path fresh = Files.createTempFile(parent, NEW, "");
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                Sum out = new Sum(channel, name);
                int length = Math.toIntExact(facts.length() + tail.length());
                ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
                head.putLong(MAGIC).putInt(VERSION).putInt(length);
                out.take(head.array(), 0, HEAD);
                out.take(facts.buffer(), 0, facts.length());
                tail.writeTo(out);
                if (channel.position() != HEAD + length) {
                    throw new IOException("another number of bytes than was said");
                }
                out.finish();
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Writes and sums up. */
    private static final class Sum implements Pieces {
        private final FileChannel channel;
        private final CRC32C sum = new CRC32C();

        Sum(FileChannel channel, byte[] name) {
            this.channel = channel;
            sum.update(name);
        }

        @Override
        public void take(byte[] bytes, int offset, int length) throws IOException {
            sum.update(bytes, offset, length);
            write(ByteBuffer.wrap(bytes, offset, length));
        }

        private void write(ByteBuffer piece) throws IOException {
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }

        void finish() throws IOException {
            ByteBuffer foot = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            write(foot.putInt((int) sum.getValue()).flip());
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private record Kept(Path file, FileTime used, long bytes) {}

    /** Removes what was used longest ago until the rest is within the limit, if anything was added since the last time. */
    public void pruneAfterGrowth(ByteSize limit) {
        if (hasGrown.getAndSet(false)) {
            try {
                prune(limit);
            } catch (IOException later) {
                // another run prunes
            }
        }
    }

    /** Removes what was used longest ago until the rest is within the limit; says how much went. */
    public ByteSize prune(ByteSize limit) throws IOException {
        List<Kept> all = new ArrayList<>();
        long removed = 0;
        Instant abandoned = clock.instant().minus(ABANDONED);
        for (Kept kept : list()) {
            if (!kept.file().getFileName().toString().startsWith(NEW)) {
                all.add(kept);
            } else if (kept.used().toInstant().isBefore(abandoned) && Files.deleteIfExists(kept.file())) {
                removed += kept.bytes();
            }
        }
        long bytes = all.stream().mapToLong(Kept::bytes).sum();
        all.sort(Comparator.comparing(Kept::used));
        for (Kept oldest : all) {
            if (bytes <= limit.bytes()) {
                break;
            }
            bytes -= oldest.bytes();
            removed += Files.deleteIfExists(oldest.file()) ? oldest.bytes() : 0;
        }
        return new ByteSize(removed);
    }

    /** Forgets everything, what other versions of the program remember too; says how much that was. */
    public ByteSize clear() throws IOException {
        long removed = 0;
        for (Kept kept : list()) {
            removed += Files.deleteIfExists(kept.file()) ? kept.bytes() : 0;
        }
        return new ByteSize(removed);
    }

    public Usage usage() throws IOException {
        Map<Shelf, ByteSize> byShelf = new EnumMap<>(Shelf.class);
        long entries = 0;
        long all = 0;
        long own = 0;
        for (Kept kept : list()) {
            entries++;
            all += kept.bytes();
            Path shelfFolder = kept.file().getParent();
            for (Shelf shelf : Shelf.values()) {
                if (shelfFolder != null && shelfFolder.endsWith(Path.of(tool, shelf.word()))) {
                    own += kept.bytes();
                    byShelf.merge(shelf, new ByteSize(kept.bytes()), (a, b) -> new ByteSize(a.bytes() + b.bytes()));
                }
            }
        }
        return new Usage(entries, new ByteSize(all), byShelf, new ByteSize(all - own));
    }

    private List<Kept> list() throws IOException {
        List<Kept> all = new ArrayList<>();
        if (folder.isPresent() && Files.isDirectory(folder.get())) {
            for (Path ofTool : folders(folder.get())) {
                for (Path shelf : folders(ofTool)) {
                    listShelf(shelf, all);
                }
            }
        }
        return all;
    }

    private static List<Path> folders(Path parent) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Memory::isFolder)) {
            entries.forEach(folders::add);
        }
        return folders;
    }

    /** A link leads to what is not ours to remove. */
    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void listShelf(Path shelf, List<Kept> into) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shelf)) {
            for (Path file : files) {
                try {
                    into.add(new Kept(file, Files.getLastModifiedTime(file), Files.size(file)));
                } catch (NoSuchFileException removedMeanwhile) {
                    // by another program
                }
            }
        }
    }
}
