package dev.holdfast.cli.user;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Output;
import dev.holdfast.core.InputException;
import dev.holdfast.scan.bases.BaseIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The index of the user's base images: {@code $XDG_DATA_HOME/holdfast/bases.json}, or the file that {@code HOLDFAST_BASES} names. */
public final class UserBases {
    private static final long MOST_BYTES = 64 << 20;

    private UserBases() {}

    public static Path file(Console console) {
        String named = console.environment().apply("HOLDFAST_BASES");
        return named.isEmpty() ? UserFolders.data(console).resolve("bases.json") : Path.of(named);
    }

    /** What is known; nothing when no base was ever added. */
    public static BaseIndex read(Console console) throws InputException, IOException {
        Path file = file(console);
        if (!Files.isRegularFile(file)) {
            return BaseIndex.EMPTY;
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new InputException(InputException.Code.LIMIT, file + ": too large to be an index of bases");
        }
        try {
            return BaseIndex.parse(Files.readAllBytes(file));
        } catch (InputException wrong) {
            throw wrong.in(file.toString());
        }
    }

    /** Writes the whole index, or leaves the old one. */
    public static void write(BaseIndex index, Console console) throws IOException {
        Path file = file(console).toAbsolutePath();
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Output.toFile(file, out -> out.write(index.toDocument()));
    }
}
