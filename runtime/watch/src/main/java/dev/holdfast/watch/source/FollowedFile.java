package dev.holdfast.watch.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read on as it grows, as {@code tail -F} does: at its end it waits for more; a file that was exchanged for a new one under
 * the same name is read to its end, and then the new one from its beginning; a file that was cut is read from its beginning again. A line that
 * was never ended in the old file is ended before the new one begins.
 */
public final class FollowedFile extends InputStream {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Path file;
    private InputStream in;
    private @Nullable Object identity;
    private long position;
    private boolean isInLine;
    private volatile boolean isStopped;

    public FollowedFile(Path file) throws IOException {
        this.file = file;
        this.in = Files.newInputStream(file);
        this.identity = identity();
    }

    private @Nullable Object identity() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (true) {
            int count = in.read(target, offset, length);
            if (count > 0) {
                position += count;
                isInLine = target[offset + count - 1] != '\n';
                return count;
            }
            if (isStopped || length == 0) {
                return length == 0 ? 0 : -1;
            }
            if (!isExchanged()) {
                pause();
            } else if (isInLine) {
                isInLine = false;
                target[offset] = '\n';
                return 1;
            }
        }
    }

    /** Goes over to what stands under the name now, if that is something else. */
    private boolean isExchanged() throws IOException {
        try {
            Object now = identity();
            boolean isOther = !Objects.equals(now, identity);
            boolean isCut = !isOther && Files.size(file) < position;
            if (isOther || isCut) {
                InputStream next = Files.newInputStream(file);
                in.close();
                in = next;
                identity = now;
                position = 0;
                return true;
            }
        } catch (NoSuchFileException gone) {
            // Moved away, and the new one is not there yet.
        }
        return false;
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException ended) {
            isStopped = true;
            Thread.currentThread().interrupt();
        }
    }

    /** Makes the file end where it ends now. */
    public void stop() {
        isStopped = true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
