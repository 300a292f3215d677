package dev.holdfast.respond.journal;

import dev.holdfast.core.Digest;
import dev.holdfast.respond.Action;
import dev.holdfast.respond.journal.Entry.Kind;
import dev.holdfast.respond.journal.Entry.Settings;
import dev.holdfast.respond.journal.Entry.Subject;
import dev.holdfast.respond.journal.History.Head;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Writes down what is about to be done, and what became of it. A file of JSON lines ({@link Entry}), each with the digest of the one before, is
 * only added to; each line is on the disk before the call returns. Beside it {@code FILE.head} keeps the number and digest of the last
 * line, so that a cut end is seen too, and {@code FILE.lock} lets one program write at a time. Whoever can write all of these can write another
 * history; sending the digest of the last line elsewhere from time to time is what proves against that.
 *
 * <p>A journal that grows large is compacted ({@link #compact}): what is over goes to {@code FILE.1}.
 */
public final class Journal implements AutoCloseable {
    /** Some 10,000 deeds, all of which are read at each: also by a watching program, which is given a heap of 96 MiB. Beyond, nothing new is done. */
    private static final long MOST = 8L << 20;

    /** What was done can still be taken back in a journal that is full, which makes room. */
    private static final long MOST_OF_ALL = MOST + (1L << 20);

    /** From here on what is over is put away, if that makes room for a sixth of it. */
    private static final long LARGE = 6L << 20;

    /** What an alert or a person gives as the reason may be of any length. */
    private static final int LONGEST_TEXT = 2_000;

    /** The file beside it is a number and a digest. */
    private static final int MOST_OF_HEAD = 200;

    /** A deed takes seconds; whoever has the journal longer was stopped in the middle of one. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A writer is between the journal and the file beside it for a moment. */
    private static final int MOST_LOOKS = 100;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /** Threads of this program take turns here, since a lock of a file is the whole program's. */
    private static final ReentrantLock TURN = new ReentrantLock();

    private final Path file;
    private final InstantSource clock;
    private final FileChannel lock;
    private FileChannel out;
    private History history;
    private long number;

    /** How every line begins: {@link Entry#line}. */
    private static final byte[] BEGINNING = "{\"schema\":\"holdfast-journal/1\"".getBytes(StandardCharsets.US_ASCII);

    private Journal(Path file, InstantSource clock, FileChannel lock, FileChannel out, History history) {
        this.file = file;
        this.clock = clock;
        this.lock = lock;
        this.out = out;
        this.history = history;
        this.number = history.number();
    }

    /** What a journal says; nothing when there is none yet. */
    public static History read(Path file) throws IOException {
        Optional<Head> before = head(file);
        byte[] bytes = bytes(file);
        Optional<Head> after = head(file);
        for (int i = 0; i < MOST_LOOKS && !after.equals(before); i++) { // somebody writes right now
            before = after;
            bytes = bytes(file);
            after = head(file);
        }
        return JournalReader.read(bytes, before);
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new byte[0];
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is no plain file, as a journal is; --journal names another one");
        }
        if (Files.size(file) > MOST_OF_ALL) {
            throw new IOException(file + " has more than " + (MOST_OF_ALL >> 20) + " MiB; move it and " + headOf(file)
                    + " away, new ones are begun");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes((int) MOST_OF_ALL);
        }
    }

    private static Path headOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".head");
    }

    /** Empty when it is gone, or is none: then nobody can tell whether the journal's end is there. */
    private static Optional<Head> head(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(headOf(file), LinkOption.NOFOLLOW_LINKS)) {
            String text = new String(stream.readNBytes(MOST_OF_HEAD), StandardCharsets.ISO_8859_1);
            String[] parts = text.strip().split(" ");
            Optional<Digest> digest = parts.length == 2 ? Digest.parse(parts[1]) : Optional.empty();
            return parts[0].matches("[0-9]{1,18}") && digest.isPresent()
                    ? Optional.of(new Head(Long.parseLong(parts[0]), digest.get()))
                    : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** Opens a journal to write, making it when there is none; waits for others that write. */
    public static Journal open(Path file, InstantSource clock) throws IOException {
        takeTurn(file);
        try {
            Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
            Files.createDirectories(folder);
            FileChannel lock = channel(file.resolveSibling(file.getFileName() + ".lock"));
            try {
                waitFor(lock, file);
                byte[] bytes = bytes(file);
                History history = JournalReader.read(bytes, head(file));
                requireOurs(bytes, history, file);
                FileChannel out = channel(file);
                Journal journal = new Journal(file, clock, lock, out, history);
                journal.mend(history);
                return journal;
            } catch (IOException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            TURN.unlock();
            throw failed;
        }
    }

    private static void takeTurn(Path file) throws IOException {
        try {
            if (!TURN.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy(file);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("told to end while waiting for " + file, ended);
        }
    }

    /** The lock goes with its channel. */
    private static void waitFor(FileChannel lock, Path file) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        FileLock held = lock.tryLock();
        while (held == null) {
            if (System.nanoTime() > end) {
                throw busy(file);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            held = lock.tryLock();
        }
    }

    private static IOException busy(Path file) {
        return new IOException("another holdfast has had " + file + " for " + PATIENCE.toSeconds()
                + " s; end it, or give another file by --journal");
    }

    /** Nobody's file but a journal is added to or cut. */
    private static void requireOurs(byte[] bytes, History history, Path file) throws IOException {
        boolean isForeign = history.lines() > 0 && history.entries().isEmpty();
        byte[] torn = Arrays.copyOfRange(bytes, bytes.length - history.torn(), bytes.length);
        if (isForeign || !isBeginningOfALine(torn)) {
            throw new IOException(
                    file + " is no journal of holdfast, and nothing was done; --journal names another one");
        }
    }

    /** A line that was torn begins as lines do; where the machine lost its power it may be zeros that were never filled. */
    private static boolean isBeginningOfALine(byte[] torn) {
        int same = Math.min(torn.length, BEGINNING.length);
        boolean isZeros = true;
        for (byte each : torn) {
            isZeros &= each == 0;
        }
        return isZeros || Arrays.equals(torn, 0, same, BEGINNING, 0, same);
    }

    /** Links are not followed: in a folder of everybody's somebody else may have laid one. */
    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** A line that was not written to its end was never acted upon: it goes, and that it was there is written down. */
    private void mend(History found) throws IOException {
        if (found.torn() > 0) {
            out.truncate(out.size() - found.torn());
            note("a line of " + found.torn()
                    + " bytes was not written to its end and has been taken out: the program or the machine"
                    + " stopped while writing it, before anything was done");
        }
        if (found.isEndLost()) {
            note(
                    "when this was opened its end was not what had been written, or could not be told to be: lines before this"
                            + " one may have been changed or cut off");
        }
    }

    /** What it says, with what was written since it was opened. */
    public History history() {
        return history;
    }

    /**
     * Puts what is over into {@code FILE.1}, if the journal is large and that makes it smaller. What was there before is lost, so that there are
     * never more than two of them. A journal that does not hold together stays as it is, for whoever looks into that. Stopped at any
     * moment, this leaves the journal either as it was or compacted.
     *
     * @param isOver whether an entry that is in force by the journal is not, and cannot be undone any more
     */
    public void compact(Predicate<Entry> isOver) throws IOException {
        compact(isOver, LARGE);
    }

    void compact(Predicate<Entry> isOver, long large) throws IOException {
        if (out.size() <= large || !history.isSound()) {
            return;
        }
        byte[] bytes = bytes(file);
        Path putAway = file.resolveSibling(file.getFileName() + ".1");
        byte[] compacted =
                Compaction.of(bytes, history, clock.instant(), isOver, String.valueOf(putAway.getFileName()));
        if (compacted.length > bytes.length - large / 6) {
            return;
        }
        try {
            exchange(putAway, bytes);
            exchange(file, compacted);
        } catch (IOException unwritten) {
            return; // it goes on as it is; a disk that is full is told by the next line
        }
        out.close();
        out = channel(file);
        history = JournalReader.read(compacted, head(file));
        number = history.number();
        writeHead(new Head(number, history.last()));
    }

    /** Writes a file under another name, and gives it its own when all of it is on the disk. */
    private void exchange(Path target, byte[] content) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".new");
        try (FileChannel channel = channel(unfinished)) {
            channel.truncate(0);
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException unwritten) {
            Files.deleteIfExists(unfinished);
            throw unwritten;
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes down that something is about to be done; returns its number. */
    public long intent(Action action, Subject subject, String before, Settings settings, String by, String reason)
            throws IOException {
        if (out.size() > MOST) {
            throw new IOException(file + " has " + (MOST >> 20) + " MiB, and "
                    + (history.isSound()
                            ? "what is in it is still in force; undo some of it, or give"
                            : "does not hold together, so nothing of it is put away; look why, and give")
                    + " another file by --journal");
        }
        return write(Kind.INTENT, 0, Optional.of(action), Optional.of(subject), before, settings, "", by, reason);
    }

    /** Writes down that an entry is about to be taken back. */
    public long undo(Entry entry, String by, String reason) throws IOException {
        return write(Kind.UNDO, entry.number(), entry.action(), entry.subject(), "", Settings.NONE, "", by, reason);
    }

    /** Writes down what became of an entry. */
    public void outcome(long of, String result, String text) throws IOException {
        write(Kind.OUTCOME, of, Optional.empty(), Optional.empty(), "", Settings.NONE, result, "", text);
    }

    public void note(String text) throws IOException {
        write(Kind.NOTE, 0, Optional.empty(), Optional.empty(), "", Settings.NONE, "", "", text);
    }

    private long write(
            Kind kind,
            long of,
            Optional<Action> action,
            Optional<Subject> subject,
            String before,
            Settings settings,
            String result,
            String by,
            String text)
            throws IOException {
        long next = number + 1;
        String previous = history.last().toString();
        Entry entry = new Entry(
                next,
                previous,
                clock.instant(),
                kind,
                of,
                action,
                subject,
                before,
                settings,
                result,
                shortened(by),
                shortened(text),
                List.of());
        byte[] line = entry.line();
        ByteBuffer bytes =
                ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        long end = out.size();
        try {
            out.position(end);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        } catch (IOException unwritten) {
            out.truncate(end); // a piece of a line would be taken for one that was torn
            throw new IOException(
                    file + " cannot be written (" + unwritten.getMessage() + "); --journal names another place",
                    unwritten);
        }
        number = next;
        history = history.and(entry, line);
        writeHead(new Head(next, Digest.sha256(line)));
        return next;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    private void writeHead(Head head) throws IOException {
        exchange(headOf(file), (head.number() + " " + head.digest() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        try (FileChannel released = lock) {
            assert released.isOpen();
            out.close();
        } finally {
            TURN.unlock();
        }
    }
}
