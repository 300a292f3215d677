package dev.holdfast.cli.given;

import dev.holdfast.core.InputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A word that names a file or folder, unless no file can be called so on this system. */
public final class GivenPath {
    private GivenPath() {}

    public static Path of(String given) throws InputException {
        return of(given, given);
    }

    /** @param name what of the given word is the path */
    static Path of(String given, String name) throws InputException {
        try {
            return Path.of(name);
        } catch (InvalidPathException wrong) {
            throw new InputException(InputException.Code.NOT_FOUND, given + ": no path", wrong);
        }
    }

    /** Whether there is a file or folder of that name. */
    public static boolean isThere(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException none) {
            return false;
        }
    }
}
