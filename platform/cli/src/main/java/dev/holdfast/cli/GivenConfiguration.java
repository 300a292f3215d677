package dev.holdfast.cli;

import dev.holdfast.check.CheckRequest;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads what is to be checked as the user wrote it: a path, {@code host:} and a root folder, or {@code -} for standard input. */
final class GivenConfiguration {
    /** In front of the root folder of a host. */
    private static final String HOST = "host:";

    /** The largest text that is taken from standard input. */
    private static final int MOST_BYTES = 16 << 20;

    private GivenConfiguration() {}

    static CheckRequest of(String given, Console console) throws InputException, IOException {
        if (given.startsWith(HOST)) {
            return CheckRequest.ofHost(given, path(given, given.substring(HOST.length())));
        }
        if (!given.equals("-")) {
            Path path = path(given, given);
            if (!Files.exists(path)) {
                throw new InputException(InputException.Code.NOT_FOUND, given + ": no such file or folder");
            }
            return CheckRequest.of(given, path);
        }
        byte[] bytes = console.in().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new InputException(
                    InputException.Code.LIMIT, "standard input: more than " + MOST_BYTES + " bytes; split it");
        }
        return CheckRequest.ofText("-", new String(bytes, StandardCharsets.UTF_8));
    }

    private static Path path(String given, String name) throws InputException {
        try {
            return Path.of(name);
        } catch (InvalidPathException wrong) {
            throw new InputException(InputException.Code.NOT_FOUND, given + ": no path", wrong);
        }
    }
}
