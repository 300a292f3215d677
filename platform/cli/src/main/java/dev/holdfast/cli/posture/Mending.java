package dev.holdfast.cli.posture;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Mended;
import dev.holdfast.check.Mender;
import dev.holdfast.check.Result;
import dev.holdfast.cli.command.Output;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What {@code --fix} and {@code --diff} do: mends the files of a target that have something a program can mend. */
final class Mending {
    private final CheckRequest request;
    private final Mender mender;

    Mending(CheckRequest request, Checker checker) {
        this.request = request;
        this.mender = new Mender(checker);
    }

    /** The files of the target, mended; nothing is written. */
    List<Mended> of(CheckReport report) throws InputException, IOException {
        TreeSet<String> paths = new TreeSet<>();
        for (Result failure : report.failures()) {
            failure.repair().ifPresent(_ -> paths.add(failure.path()));
        }
        List<Mended> mended = new ArrayList<>();
        for (String path : paths) {
            Optional<String> text = text(path);
            if (text.isPresent()) {
                mender.mend(request, path, text.get()).ifPresent(mended::add);
            }
        }
        return mended;
    }

    private Optional<String> text(String path) throws IOException {
        if (request.input() instanceof CheckRequest.Input.Text(String _, String text)) {
            return Optional.of(text);
        }
        try {
            return Optional.of(Files.readString(file(path)));
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty(); // a text that is written in UTF-8 would be another file
        }
    }

    private Path file(String path) {
        return request.input() instanceof CheckRequest.Input.Place(Path root) && Files.isDirectory(root)
                ? root.resolve(path)
                : Path.of(path);
    }

    /** Whether there are files to write to. */
    boolean canWrite() {
        return request.input() instanceof CheckRequest.Input.Place;
    }

    void write(Mended mended) throws IOException {
        Output.toFile(file(mended.path()), out -> out.write(mended.after().getBytes(StandardCharsets.UTF_8)));
    }
}
