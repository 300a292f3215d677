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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files of engines, which come and go while we read. Only regular files of a bounded size are read. */
final class StateFile {
    private static final int MOST = 16 << 20;

    private StateFile() {}

    /** The JSON document; null when it is absent, half written or too large. */
    static JsonValue read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST) {
                return JsonValue.JsonNull.NULL;
            }
            try (InputStream stream = Files.newInputStream(file)) {
                return Json.parse(stream.readNBytes(MOST), Limits.DEFAULT);
            }
        } catch (IOException | InputException notNow) {
            return JsonValue.JsonNull.NULL;
        }
    }

    /** A JSON document inside a text; null when it is none. */
    static JsonValue parse(Optional<String> document) {
        try {
            return document.isEmpty() ? JsonValue.JsonNull.NULL : Json.parse(document.get(), Limits.DEFAULT);
        } catch (InputException broken) {
            return JsonValue.JsonNull.NULL;
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
