package dev.holdfast.rules.event;

/**
 * What one matcher has found out about one process: a bit for each rule that may still match its events. Owned by the entry of the process
 * in the source's table and used by one thread only.
 */
public final class ProcessMemory {
    /** For events whose process is unknown: nothing is remembered in it. */
    public static final ProcessMemory NONE = new ProcessMemory();

    private static final long[] NOTHING = {};

    private long[] candidates = NOTHING;
    /** The number of the matcher that wrote the bits; 0 when nobody has. */
    private long owner;

    /** Forgets everything; the next event of the process is judged anew. */
    public void forget() {
        owner = 0;
    }

    /** Whether the bits are those that this matcher has written since the last {@link #forget()}. */
    public boolean isKnownTo(long asking) {
        return owner == asking;
    }

    /** The bits, of at least this many words, for a matcher (numbered from 1) to write. */
    public long[] rewrite(long newOwner, int words) {
        if (this == NONE) {
            throw new IllegalStateException("nothing is remembered about an unknown process");
        }
        if (candidates.length < words) {
            candidates = new long[words];
        }
        owner = newOwner;
        return candidates;
    }

    /** The bits as the owner has written them. */
    public long[] candidates() {
        return candidates;
    }
}
