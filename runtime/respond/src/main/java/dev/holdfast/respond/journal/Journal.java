package dev.holdfast.respond.journal;

import dev.holdfast.core.Digest;
import dev.holdfast.respond.Action;
import dev.holdfast.respond.journal.Entry.Kind;
import dev.holdfast.respond.journal.Entry.Settings;
import dev.holdfast.respond.journal.Entry.Subject;
import dev.holdfast.respond.journal.History.Head;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes down what is about to be done, and what became of it. A file of JSON lines ({@link Entry}), each with the digest of the one before, is
 * only ever added to; each line is on the disk before the call returns. Beside it {@code FILE.head} keeps the number and digest of the last
 * line, so that a cut end is seen too, and {@code FILE.lock} lets one program write at a time. Whoever can write all of these can write another
 * history; sending the digest of the last line elsewhere from time to time is what proves against that.
 */
public final class Journal implements AutoCloseable {
    /** A journal of a million lines is read at every deed: too long before. */
    private static final long MOST = 256L << 20;

    /** Threads of this program take turns here, since a lock of a file is the whole program's. */
    private static final ReentrantLock TURN = new ReentrantLock();

    private final Path file;
    private final InstantSource clock;
    private final FileChannel lock;
    private final FileChannel out;
    private History history;
    private long number;

    private Journal(Path file, InstantSource clock, FileChannel lock, FileChannel out, History history) {
        this.file = file;
        this.clock = clock;
        this.lock = lock;
        this.out = out;
        this.history = history;
        this.number = history.lines();
    }

    /** What a journal says; nothing when there is none yet. */
    public static History read(Path file) throws IOException {
        try {
            if (Files.size(file) > MOST) {
                throw new IOException(
                        file + " has more than " + (MOST >> 20) + " MiB; move it away, a new one is begun");
            }
            return History.read(Files.readAllBytes(file), head(file));
        } catch (NoSuchFileException none) {
            return History.read(new byte[0], head(file));
        }
    }

    private static Path headOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".head");
    }

    private static Optional<Head> head(Path file) throws IOException {
        try {
            String[] parts = Files.readString(headOf(file)).strip().split(" ");
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
        TURN.lock();
        try {
            Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
            Files.createDirectories(folder);
            FileChannel lock = channel(file.resolveSibling(file.getFileName() + ".lock"));
            try {
                java.nio.channels.FileLock held = lock.lock();
                assert held.isValid();
                History history = read(file);
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

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(
                file,
                java.util.Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
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
                    "when this was opened its end was not what had been written: lines before this one were changed or cut off");
        }
    }

    /** What it says, with what was written since it was opened. */
    public History history() {
        return history;
    }

    /** Writes down that something is about to be done; returns its number. */
    public long intent(Action action, Subject subject, String before, Settings settings, String by, String reason)
            throws IOException {
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
        byte[] line = new Entry(
                        next, previous, clock.instant(), kind, of, action, subject, before, settings, result, by, text)
                .line();
        ByteBuffer bytes =
                ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        out.position(out.size());
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        out.force(true);
        number = next;
        writeHead(new Head(next, Digest.sha256(line)));
        history = read(file);
        return next;
    }

    private void writeHead(Head head) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".head.new");
        try (FileChannel channel = channel(unfinished)) {
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap((head.number() + " " + head.digest() + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(unfinished, headOf(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        try (lock;
                out) {
            assert lock.isOpen();
        } finally {
            TURN.unlock();
        }
    }
}
