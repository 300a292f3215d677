package dev.holdfast.oci.containerd;

import dev.holdfast.core.InputException;
import dev.holdfast.database.bolt.BoltFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The database in which containerd keeps names: {@code io.containerd.metadata.v1.bolt/meta.db} under its root folder. */
final class ContainerdDatabase {
    private static final String FILE = "io.containerd.metadata.v1.bolt/meta.db";

    private final Path file;

    /**
     * @param root such as {@code /var/lib/containerd}
     */
    ContainerdDatabase(Path root) {
        this.file = root.resolve(FILE);
    }

    boolean exists() {
        return Files.isRegularFile(file);
    }

    <T> T read(BoltFile.Reading<T> reading) throws InputException, IOException {
        return BoltFile.read(file, reading);
    }
}
