package dev.holdfast.sensor;

import dev.holdfast.core.ByteSize;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.event.Wishes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What a sensor is to do.
 *
 * @param wanted which system calls; executions, forks, ends and control groups are followed in any case
 * @param withEnvironment whether the environment of executed programs is copied: it often holds secrets
 * @param ring how much the kernel may have written that is not read yet; a power of two
 * @param patience how long events of a new container wait for its name
 * @param root of the machine's file system
 */
public record SensorRequest(Wishes wanted, boolean withEnvironment, ByteSize ring, Duration patience, Path root) {
    /** A quarter of a second of the heaviest load that we measured. */
    private static final ByteSize RING = new ByteSize(32 << 20);

    public SensorRequest {
        long bytes = ring.bytes();
        if (bytes < 1 << 16 || bytes > 1 << 30 || Long.bitCount(bytes) != 1) {
            throw new IllegalArgumentException("a ring has a power of two of bytes, not " + bytes);
        }
    }

    /** The usual settings, for everything of some kinds of calls. */
    public static SensorRequest of(Set<Kind> wanted) {
        return of(Wishes.of(wanted));
    }

    /** The usual settings. */
    public static SensorRequest of(Wishes wanted) {
        return new SensorRequest(wanted, false, RING, Duration.ofMillis(500), Path.of("/"));
    }
}
