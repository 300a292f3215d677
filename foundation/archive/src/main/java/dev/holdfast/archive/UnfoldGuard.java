package dev.holdfast.archive;

import dev.holdfast.core.ByteSize;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.util.Locale;

/**
 * Stops decompression bombs: a stream that unfolds to more than {@link Limits#totalBytes()}, or to more than {@link Limits#ratio()} times
 * its compressed size. The ratio only counts once {@link #HONEST_ZEROS} have come out, because a file of zeros is honest and folds to
 * almost nothing.
 */
final class UnfoldGuard implements ByteSource {
    /** 64 MiB: larger than the preallocated database files that images carry, small enough to be harmless. */
    static final long HONEST_ZEROS = 64L << 20;

    private final Compression kind;
    private final CountingSource folded;
    private final ByteSource unfolded;
    private final Limits limits;
    private long count;

    UnfoldGuard(Compression kind, CountingSource folded, ByteSource unfolded, Limits limits) {
        this.kind = kind;
        this.folded = folded;
        this.unfolded = unfolded;
        this.limits = limits;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InputException {
        int got = unfolded.read(into, offset, length);
        if (got <= 0) {
            return got;
        }
        count += got;
        if (count > limits.totalBytes()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "unfolds to more than %s, the limit for one target",
                            new ByteSize(limits.totalBytes())));
        }
        if (kind != Compression.NONE && count > HONEST_ZEROS && count / limits.ratio() > folded.count()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "%s of %s unfold to over %s, more than %,d times: a decompression bomb",
                            new ByteSize(folded.count()),
                            kind.word(),
                            new ByteSize(count),
                            limits.ratio()));
        }
        return got;
    }

    @Override
    public void close() throws IOException {
        unfolded.close();
    }
}
