package dev.holdfast.archive.zip;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Inflates raw deflate streams (RFC 1951) one after another; an archive of which nothing is read makes no native memory. */
final class Unfolding implements AutoCloseable {
    private static final int CHUNK = 32 << 10;

    private final int mostRatio;
    private @Nullable Inflater inflater;
    private byte[] chunk = new byte[0];
    /** How much of the stream at hand was given to the engine. */
    private long fed;

    Unfolding(int mostRatio) {
        this.mostRatio = mostRatio;
    }

    /**
     * Inflates a stream that must give exactly {@code size} bytes.
     *
     * @param called the entry, for messages
     */
    byte[] inflate(SeekableBytes packed, int size, String called) throws InputException, IOException {
        // Memory is bounded by bytes that are really there: deflate cannot unfold further than 1,032 times.
        if (size / mostRatio > packed.size()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    called + " claims to unfold " + packed.size() + " bytes to " + size + ": more than " + mostRatio
                            + " times");
        }
        Inflater engine = ready();
        byte[] content = new byte[size];
        try {
            int have = fill(engine, packed, content);
            if (have < size || !isAtEnd(engine, packed)) {
                throw new InputException(
                        InputException.Code.MALFORMED,
                        called + " declares " + size + " bytes and unfolds to "
                                + (have < size ? have : "more, or does not end"));
            }
            return content;
        } catch (DataFormatException corrupt) {
            throw corrupt(called, corrupt);
        }
    }

    /** The first bytes that a stream unfolds to, up to {@code most}; whether the stream is sound beyond them is not looked at. */
    byte[] inflateHead(SeekableBytes packed, int most, String called) throws InputException, IOException {
        byte[] head = new byte[most];
        try {
            int have = fill(ready(), packed, head);
            return have == most ? head : Arrays.copyOf(head, have);
        } catch (DataFormatException corrupt) {
            throw corrupt(called, corrupt);
        }
    }

    private static InputException corrupt(String called, DataFormatException cause) {
        return new InputException(
                InputException.Code.MALFORMED, called + " is no valid deflate stream: the archive is corrupt", cause);
    }

    private Inflater ready() {
        Inflater engine = inflater;
        if (engine == null) {
            engine = new Inflater(true);
            inflater = engine;
        } else {
            engine.reset();
        }
        return engine;
    }

    /** Fills the content as far as the stream reaches; the engine keeps what it was given and did not use. */
    private int fill(Inflater engine, SeekableBytes packed, byte[] content) throws IOException, DataFormatException {
        int have = 0;
        fed = 0;
        while (have < content.length && !engine.finished()) {
            int got = engine.inflate(content, have, content.length - have);
            have += got;
            if (got == 0 && (!engine.needsInput() || !feed(engine, packed))) {
                break;
            }
        }
        return have;
    }

    /** Whether nothing more comes out: the end marker of the stream may lie in bytes that were not looked at yet. */
    private boolean isAtEnd(Inflater engine, SeekableBytes packed) throws IOException, DataFormatException {
        byte[] one = new byte[1];
        while (!engine.finished()) {
            if (engine.inflate(one, 0, 1) > 0) {
                return false;
            }
            if (!engine.finished() && (!engine.needsInput() || !feed(engine, packed))) {
                return false;
            }
        }
        return true;
    }

    private boolean feed(Inflater engine, SeekableBytes packed) throws IOException {
        int wanted = (int) Math.min(CHUNK, packed.size() - fed);
        if (wanted <= 0) {
            return false;
        }
        if (chunk.length < wanted) {
            chunk = new byte[wanted];
        }
        int got = packed.read(fed, chunk, 0, wanted);
        if (got <= 0) {
            return false;
        }
        fed += got;
        engine.setInput(chunk, 0, got);
        return true;
    }

    @Override
    public void close() {
        Inflater engine = inflater;
        if (engine != null) {
            engine.end();
            inflater = null;
        }
    }
}
