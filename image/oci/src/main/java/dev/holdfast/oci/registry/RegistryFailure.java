package dev.holdfast.oci.registry;

import java.io.IOException;
import java.time.Duration;

/** A registry did not give what it was asked for. The message is one line for a person, and holds no credential. */
public final class RegistryFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration wait;

    RegistryFailure(String message, int status, Duration wait) {
        super(message);
        this.status = status;
        this.wait = wait;
    }

    static RegistryFailure of(String message) {
        return new RegistryFailure(message, 0, Duration.ZERO);
    }

    /** The HTTP status; 0 when the failure is of another kind. */
    public int status() {
        return status;
    }

    /** How long the server asks to wait. */
    Duration asksToWait() {
        return wait;
    }

    /** Whether asking again would give the same answer. */
    boolean isLasting() {
        return status >= 300 && status < 500 && status != 408 && status != 429;
    }
}
