package dev.holdfast.cli.user;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.ByteSize;
import dev.holdfast.core.InputException;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.registry.BlobCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the user's earlier runs found out: {@code $XDG_CACHE_HOME/holdfast/facts}. Blobs of registries lie beside it; both together take as
 * much as {@code HOLDFAST_CACHE_SIZE} says, an eighth of it this.
 */
public final class UserMemory {
    /** The blobs of some large images, and what is known of hundreds. */
    private static final long CACHE_BYTES = 8_000_000_000L;

    private static final int SHARE_OF_FACTS = 8;

    private UserMemory() {}

    public static void addOption(CommandSpec spec) {
        spec.addOption(Options.flag("--no-cache", "Neither use nor keep what is remembered of images and layers."));
    }

    /** Nothing when the words forbid it, or when the program does not know its own version, whose facts these are. */
    public static Memory of(ParseResult words, Console console) {
        Optional<String> version = programId();
        return Options.isSet(words, "--no-cache") || version.isEmpty()
                ? Memory.NONE
                : new Memory(folder(console), version.get(), InstantSource.system());
    }

    /** All of it, whichever version of the program remembers it. */
    public static Memory whole(Console console) {
        return new Memory(folder(console), programId().orElse("none"), InstantSource.system());
    }

    public static Path folder(Console console) {
        return UserFolders.cache(console).resolve("facts");
    }

    /** What came from registries. */
    public static BlobCache blobs(Console console) {
        return new BlobCache(blobFolder(console), InstantSource.system());
    }

    public static Path blobFolder(Console console) {
        return UserFolders.cache(console).resolve("blobs");
    }

    /** Identifies this build of the program; the build writes it beside the program's jars. */
    private static Optional<String> programId() {
        String app = System.getProperty("holdfast.app", "");
        try {
            String id =
                    app.isEmpty() ? "" : Files.readString(Path.of(app, "id")).strip();
            return Optional.of(id).filter(text -> text.matches("[0-9a-f]{1,64}"));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** What the blobs of registries may take. */
    public static ByteSize mostBlobs(Console console) throws InputException {
        long all = limit(console);
        return new ByteSize(all - all / SHARE_OF_FACTS);
    }

    public static ByteSize mostFacts(Console console) throws InputException {
        return new ByteSize(limit(console) / SHARE_OF_FACTS);
    }

    private static long limit(Console console) throws InputException {
        String text = console.environment().apply("HOLDFAST_CACHE_SIZE");
        if (text.isEmpty()) {
            return CACHE_BYTES;
        }
        if (!text.matches("\\d{1,15}")) {
            throw Options.usage("HOLDFAST_CACHE_SIZE is " + text + ", not a number of bytes");
        }
        return Long.parseLong(text);
    }
}
