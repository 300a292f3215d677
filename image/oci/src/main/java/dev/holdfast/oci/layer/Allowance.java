package dev.holdfast.oci.layer;

import dev.holdfast.core.ByteSize;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What all layers of one target may take together. Safe for use by several threads. */
public final class Allowance {
    private final Limits limits;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong entries = new AtomicLong();

    public Allowance(Limits limits) {
        this.limits = limits;
    }

    /** Takes uncompressed bytes of a layer. */
    public void takeBytes(long count) throws InputException {
        if (bytes.addAndGet(count) > limits.totalBytes()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "the layers unfold to more than %s, the limit for one target",
                            new ByteSize(limits.totalBytes())));
        }
    }

    /** Takes the entries of a layer. */
    public void takeEntries(long count) throws InputException {
        if (entries.addAndGet(count) > limits.entries()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    String.format(Locale.ROOT, "the layers have more than %,d entries", limits.entries()));
        }
    }
}
