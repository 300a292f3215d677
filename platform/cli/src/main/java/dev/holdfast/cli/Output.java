package dev.holdfast.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Where a result goes: standard output, or a file that is complete or not there at all. */
final class Output {
    private Output() {}

    /** Writes a result. */
    @FunctionalInterface
    interface Writer {
        void to(OutputStream out) throws IOException;
    }

    static void write(ParseResult words, Console console, Writer writer) throws IOException {
        Optional<String> file = Options.text(words, "--output").filter(name -> !name.equals("-"));
        if (file.isEmpty()) {
            writer.to(console.out());
            console.out().flush();
            if (console.out().checkError()) {
                throw new IOException("standard output: could not be written");
            }
            return;
        }
        toFile(Path.of(file.get()), writer);
    }

    /** Writes a file whole, or leaves what was there. */
    static void toFile(Path file, Writer writer) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = Optional.ofNullable(target.getParent()).orElse(target);
        Path unfinished = Files.createTempFile(folder, ".holdfast-", ".tmp");
        unfinished.toFile().deleteOnExit();
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                writer.to(out);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
