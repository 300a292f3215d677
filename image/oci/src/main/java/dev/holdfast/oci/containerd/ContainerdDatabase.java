package dev.holdfast.oci.containerd;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The database in which containerd keeps names: {@code io.containerd.metadata.v1.bolt/meta.db} under its root folder. containerd goes on
 * writing while it is read: a reading that has seen two states is made again.
 */
final class ContainerdDatabase {
    private static final String FILE = "io.containerd.metadata.v1.bolt/meta.db";
    private static final int ATTEMPTS = 5;

    /** Reads what it wants to know; called again when the database changed meanwhile. */
    interface Reading<T> {
        T of(BoltFile bolt) throws InputException, IOException;
    }

    private final Path file;

    /**
     * @param root such as {@code /var/lib/containerd}
     */
    ContainerdDatabase(Path root) {
        this.file = root.resolve(FILE);
    }

    boolean exists() {
        return Files.exists(file);
    }

    <T> T read(Reading<T> reading) throws InputException, IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try (BoltFile bolt = BoltFile.open(file)) {
                T found = reading.of(bolt);
                if (bolt.isStillWhole()) {
                    return found;
                }
            } catch (InputException broken) {
                // a page that was given away while we read looks broken
                if (attempt == ATTEMPTS) {
                    throw broken.in(String.valueOf(file));
                }
            }
        }
        throw new IOException(file + ": containerd writes to it faster than it can be read; try again");
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static String text(ByteBuffer value) {
        return text(BoltFile.bytes(value));
    }
}
