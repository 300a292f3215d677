package dev.holdfast.sensor;

import java.util.concurrent.TimeUnit;

/** How long a live test waits for the kernel: on an emulated machine verifying alone takes a minute, so {@code -Dholdfast.patience=SECONDS}. */
final class Patience {
    static final long SECONDS = Long.getLong("holdfast.patience", 30);
    static final long NANOS = TimeUnit.SECONDS.toNanos(SECONDS);

    private Patience() {}
}
