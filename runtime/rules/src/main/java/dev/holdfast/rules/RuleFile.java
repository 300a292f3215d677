package dev.holdfast.rules;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file of rules.
 *
 * @param name as messages name it
 */
public record RuleFile(String name, String text) {
    /** Far above the largest set of rules; what is read is held in memory several times. */
    private static final int MOST_BYTES = 16 << 20;

    /** Reads a file. */
    public static RuleFile read(Path file, Limits limits) throws InputException, IOException {
        if (Files.isDirectory(file)) {
            throw new InputException(
                    InputException.Code.USAGE,
                    SafeText.of(file.toString()) + ": a folder, and no rule file; name the files that are in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in, limits);
        } catch (NoSuchFileException missing) {
            throw new InputException(
                    InputException.Code.NOT_FOUND, SafeText.of(file.toString()) + ": no such file", missing);
        }
    }

    /** Reads a stream to its end. */
    public static RuleFile read(String name, InputStream in, Limits limits) throws InputException, IOException {
        int most = (int) Math.min(MOST_BYTES, limits.fileBytes());
        byte[] bytes = in.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    SafeText.of(name) + ": it is larger than " + most + " bytes; rule files are read up to that size");
        }
        return new RuleFile(name, new String(bytes, StandardCharsets.UTF_8));
    }
}
