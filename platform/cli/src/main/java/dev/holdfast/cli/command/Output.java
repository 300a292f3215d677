package dev.holdfast.cli.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ParseResult;

/** Where a result goes: standard output, or a file that is complete or not there at all. */
public final class Output {
    private final Optional<Path> file;
    private final Console console;

    private Output(Optional<Path> file, Console console) {
        this.file = file;
        this.console = console;
    }

    /** Writes a result. */
    @FunctionalInterface
    public interface Writer {
        void to(OutputStream out) throws IOException;
    }

    /** Where the words of a command say. */
    public static Output of(ParseResult words, Console console) {
        Optional<String> file = Options.text(words, "--output").filter(name -> !name.equals("-"));
        return new Output(file.map(Path::of), console);
    }

    public void text(String text) throws IOException {
        write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The answer of a command that knows two formats: one for programs, and one for people. */
    public void jsonOrText(String format, Writer json, Supplier<String> text) throws IOException {
        if (format.equals("json")) {
            write(json);
        } else {
            write(out -> out.write(text.get().getBytes(StandardCharsets.UTF_8)));
        }
    }

    public void write(Writer writer) throws IOException {
        if (file.isPresent()) {
            toFile(file.get(), writer);
            return;
        }
        writer.to(console.out());
        console.out().flush();
        if (console.out().checkError()) {
            throw new IOException("standard output: could not be written");
        }
    }

    /**
     * Writes a file whole, or leaves what was there. A link stays a link, and who may read what was there may read what is there now. What is no
     * file, such as a device or a pipe, is written to as it is.
     */
    public static void toFile(Path file, Writer writer) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE))) {
                writer.to(out);
            }
            return;
        }
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path unfinished = unfinished(target);
        unfinished.toFile().deleteOnExit();
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                writer.to(out);
            }
            if (Files.exists(target) && Files.getFileStore(target).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(unfinished, Files.getPosixFilePermissions(target));
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** What replaces a file is its owner's alone until it is whole; who may read a new one, the user's mask says. */
    private static Path unfinished(Path target) throws IOException {
        Path folder = Optional.ofNullable(target.getParent()).orElse(target);
        try {
            return Files.exists(target)
                    ? Files.createTempFile(folder, ".holdfast-", ".tmp")
                    : Files.createFile(folder.resolve(".holdfast-" + Long.toHexString(System.nanoTime()) + ".tmp"));
        } catch (NoSuchFileException absent) { // it tells a name that nobody gave
            throw (IOException) new NoSuchFileException(folder.toString()).initCause(absent);
        } catch (AccessDeniedException denied) {
            throw (IOException) new AccessDeniedException(target.toString()).initCause(denied);
        }
    }
}
