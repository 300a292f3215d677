package dev.holdfast.oci.layer;

import dev.holdfast.oci.Want;
import dev.holdfast.oci.store.Programs;
import dev.holdfast.oci.store.Spill;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches the content of one file after another pass by: tells whether it begins like a program, and keeps what is wanted. Owned by the
 * thread that reads the layer.
 */
public final class ContentTap {
    private final Optional<Spill> spill;
    private final byte[] head = new byte[Programs.MAGIC_BYTES];
    private int headLength;
    private boolean isDecided;
    private boolean isProgram;
    private Want want = Want.NOTHING;
    private long size;
    private Spill.@Nullable Kept kept;

    /** @param spill where contents go; empty when they can be read again in place */
    public ContentTap(Optional<Spill> spill) {
        this.spill = spill;
    }

    /** @param size how many bytes will pass by */
    public void begin(Want wanted, long size) throws IOException {
        this.want = wanted;
        this.size = size;
        headLength = 0;
        isDecided = false;
        isProgram = false;
        kept = wanted == Want.CONTENT ? reserve() : null;
    }

    public void take(byte[] bytes, int offset, int length) throws IOException {
        if (!isDecided) {
            int before = headLength;
            int more = Math.min(head.length - before, length);
            System.arraycopy(bytes, offset, head, before, more);
            headLength += more;
            if (headLength < head.length) {
                return;
            }
            decide(before);
        }
        if (kept != null) {
            kept.append(bytes, offset, length);
        }
    }

    /** All of the content has passed by. */
    public void end() throws IOException {
        if (!isDecided) {
            decide(headLength);
        }
    }

    /** @param before how many bytes of the head came in earlier pieces and were not kept yet */
    private void decide(int before) throws IOException {
        isDecided = true;
        isProgram = Programs.begins(head, headLength);
        if (want == Want.PROGRAM && isProgram) {
            kept = reserve();
        }
        if (kept != null) {
            kept.append(head, 0, before);
        }
    }

    private Spill.@Nullable Kept reserve() throws IOException {
        return spill.isPresent() ? spill.get().reserve(size) : null;
    }

    public boolean isProgram() {
        return isProgram;
    }

    public Optional<Spill.Kept> kept() {
        return Optional.ofNullable(kept);
    }
}
