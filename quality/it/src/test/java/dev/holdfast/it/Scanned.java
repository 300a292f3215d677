package dev.holdfast.it;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.ImageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the program says of one target, read back from its JSON.
 *
 * @param run the run
 * @param target the target's object, absent where the target could not be read
 */
record Scanned(ProgramRun run, JsonValue target) {
    static Scanned image(Path folder, Path base, ImageBuilder image, String... options)
            throws IOException, InputException {
        return archive(folder, base, ArchiveBuilder.dockerArchive(image), options);
    }

    static Scanned archive(Path folder, Path base, byte[] archive, String... options)
            throws IOException, InputException {
        return path(Files.write(folder.resolve("image.tar"), archive), base, options);
    }

    static Scanned path(Path path, Path base, String... options) throws InputException {
        List<String> words =
                new ArrayList<>(List.of("scan", path.toString(), "--format", "json", "--db", base.toString()));
        words.addAll(List.of(options));
        ProgramRun run = ProgramRun.of(words.toArray(String[]::new));
        List<JsonValue> targets =
                run.out().length == 0 ? List.of() : run.json().get("targets").elements();
        return new Scanned(run, targets.isEmpty() ? JsonValue.JsonNull.NULL : targets.getFirst());
    }

    int exit() {
        return run.exit();
    }

    /** {@code state name version} of every package. */
    List<String> packages() {
        return target.get("packages").elements().stream()
                .map(each -> text(each, "state") + " " + text(each, "name") + " " + text(each, "version"))
                .toList();
    }

    /** {@code id name@version} of every finding. */
    List<String> findings() {
        return target.get("findings").elements().stream()
                .map(each -> text(each, "id"))
                .toList();
    }

    /** {@code code subject} of every gap. */
    List<String> gaps() {
        return target.get("gaps").elements().stream()
                .map(each -> text(each, "code") + " " + text(each, "subject"))
                .toList();
    }

    /** Where the packages of this name lie. */
    List<String> places(String name) {
        return target.get("packages").elements().stream()
                .filter(each -> text(each, "name").equals(name))
                .flatMap(each -> each.get("locations").elements().stream())
                .map(each -> text(each, "path"))
                .toList();
    }

    String outcome() {
        return target.at("verdict", "outcome").text().orElse("");
    }

    static String text(JsonValue object, String name) {
        return object.get(name).scalar().orElse("");
    }
}
