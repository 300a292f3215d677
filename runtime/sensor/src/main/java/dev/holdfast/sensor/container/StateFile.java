package dev.holdfast.sensor.container;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files of engines, which come and go while we read. Only regular files of a bounded size are read. */
final class StateFile {
    /** Far more than an engine writes about a container. In memory it takes up to thirty times as much. */
    private static final int MOST = 1 << 20;

    /** Lists of all containers or images; and what is told of one whose image was made to have too much of it. */
    private static final int MOST_OF_ALL = 16 << 20;

    /** What whoever makes an image may make as large as he likes. */
    private static final Set<String> OF_IMAGES = Set.of("Labels", "Env", "env", "annotations");

    private static final Set<String> OF_IMAGES_TO_PODMAN = Set.of("labels", "env", "annotations");

    private static final JsonValue NONE = JsonValue.JsonNull.NULL;

    private StateFile() {}

    /** The JSON document about one container, without labels when it is very large; null when it is absent, half written or too large. */
    static JsonValue read(Path file) {
        return read(file, OF_IMAGES);
    }

    /** The JSON document that lists all of something; null as above. One of a user's engine is read when it is small. */
    static JsonValue readAll(Path file) {
        return isOfRoot(file) ? read(file, Set.of()) : read(file, OF_IMAGES);
    }

    private static JsonValue read(Path file, Set<String> skippedWhenLarge) {
        try {
            long size = Files.isRegularFile(file) ? Files.size(file) : Long.MAX_VALUE;
            if (size > MOST_OF_ALL) {
                return NONE;
            }
            try (InputStream stream = Files.newInputStream(file)) {
                byte[] document = stream.readNBytes(MOST_OF_ALL);
                return parse(document, skippedWhenLarge);
            }
        } catch (IOException | InputException notNow) {
            return NONE;
        }
    }

    private static JsonValue parse(byte[] document, Set<String> skippedWhenLarge) throws InputException {
        return Json.parse(document, Limits.DEFAULT, document.length > MOST ? skippedWhenLarge : Set.of());
    }

    private static boolean isOfRoot(Path file) {
        return owner(file).filter(owner -> owner.equals(0)).isPresent();
    }

    /** Whether two files are of the same user, whom one believes what one believes him in the other. */
    static boolean haveOneOwner(Path one, Path other) {
        Optional<Object> owner = owner(one);
        return owner.isPresent() && owner.equals(owner(other));
    }

    private static Optional<Object> owner(Path file) {
        try {
            return Optional.of(Files.getAttribute(file, "unix:uid"));
        } catch (IOException | UnsupportedOperationException gone) {
            return Optional.empty();
        }
    }

    /** What Podman's database has about one container, without labels when it is very large; null when it is broken. */
    static JsonValue parseOfPodman(byte[] document) {
        try {
            return parse(document, OF_IMAGES_TO_PODMAN);
        } catch (InputException broken) {
            return NONE;
        }
    }

    /** When a file was written; empty when it is gone. */
    static Optional<FileTime> written(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** A JSON document inside a text; null when it is none. */
    static JsonValue parse(Optional<String> document) {
        try {
            return document.isEmpty() ? NONE : Json.parse(document.get(), Limits.DEFAULT);
        } catch (InputException broken) {
            return NONE;
        }
    }

    /** What lies in a folder; nothing when it is none. */
    static List<Path> list(Path parent) {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
                stream.forEach(children::add);
            } catch (IOException | DirectoryIteratorException gone) {
                return children;
            }
        }
        return children;
    }
}
