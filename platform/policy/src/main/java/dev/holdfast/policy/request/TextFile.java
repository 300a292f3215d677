package dev.holdfast.policy.request;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that people write: policies, objects, tests. */
public final class TextFile {
    private static final int MOST_BYTES = 16 << 20;

    private TextFile() {}

    /** The whole text. */
    public static String read(Path file) throws InputException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new InputException(
                        InputException.Code.LIMIT, file + ": larger than " + MOST_BYTES + " bytes; split it");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
