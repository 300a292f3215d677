package dev.holdfast.oci.containerd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.Optional;

/**
 * A moment as Go writes it into databases, big-endian:
 *
 * <pre>
 *   0  version (1): 1, or 2 with a byte more at the end    1  seconds since the year 1 (8)    9  nanoseconds (4)    13  minutes east of Greenwich (2)
 * </pre>
 *
 * The seconds are those of Greenwich in any case.
 */
record GoTime(long seconds, int nanos) implements Comparable<GoTime> {
    private static final int BYTES = 15;
    private static final Comparator<GoTime> ORDER =
            Comparator.comparingLong(GoTime::seconds).thenComparingInt(GoTime::nanos);

    /** The moment in these bytes; empty when they are none. */
    static Optional<GoTime> of(ByteBuffer value) {
        boolean isTime = value.remaining() >= BYTES && (value.get(0) == 1 || value.get(0) == 2);
        if (!isTime) {
            return Optional.empty();
        }
        ByteBuffer bytes = value.duplicate().order(ByteOrder.BIG_ENDIAN);
        return Optional.of(new GoTime(bytes.getLong(1), bytes.getInt(9)));
    }

    @Override
    public int compareTo(GoTime other) {
        return ORDER.compare(this, other);
    }
}
