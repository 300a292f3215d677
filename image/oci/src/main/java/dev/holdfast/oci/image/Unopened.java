package dev.holdfast.oci.image;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.Target;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images that are opened only if somebody wants to see more of them than is remembered. Owned by one thread. */
final class Unopened implements Closeable {
    private final TargetMemory.Opening opening;
    private @Nullable List<Target> opened;

    Unopened(TargetMemory.Opening opening) {
        this.opening = opening;
    }

    Target open(int place) throws InputException, IOException {
        List<Target> targets = opened;
        if (targets == null) {
            targets = opening.open();
            opened = targets;
        }
        if (place >= targets.size()) {
            throw new IOException("the target changed while it was looked at");
        }
        return targets.get(place);
    }

    boolean isOpen() {
        return opened != null;
    }

    /** Closes all that were opened; does nothing the second time. */
    @Override
    public void close() throws IOException {
        List<Target> targets = opened;
        opened = null;
        if (targets != null) {
            for (Target target : targets) {
                target.close();
            }
        }
    }
}
