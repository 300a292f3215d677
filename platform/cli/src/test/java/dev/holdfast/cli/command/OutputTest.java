package dev.holdfast.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputTest {
    @TempDir
    Path folder;

    private static void write(Path file, String text) throws IOException {
        Output.toFile(file, out -> out.write(text.getBytes(UTF_8)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aNewFileIsReadableAsTheMaskSays() throws IOException {
        Path file = folder.resolve("new");
        write(file, "text");
        assertThat(file).hasContent("text");
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(Files.getPosixFilePermissions(Files.createFile(folder.resolve("other"))));
    }

    @Test
    void whoMayReadAFileStays() throws IOException {
        for (String permissions : List.of("rw-------", "rw-r-----", "r--r--r--")) {
            Path file = Files.writeString(folder.resolve("f" + permissions), "a longer text that was there");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            write(file, "text");
            assertThat(file).hasContent("text");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(permissions);
        }
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
        write(link, "text");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("text");
    }

    @Test
    void aDeviceIsWrittenToAndNotReplaced() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("null"), Path.of("/dev/null"));
        write(link, "text");
        assertThat(link).isSymbolicLink();
        assertThat(names()).containsExactly("null");
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
        Files.delete(link);
    }

    @Test
    void aFolderIsNoPlaceForAFile() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        assertThatThrownBy(() -> write(inner, "text")).isInstanceOf(IOException.class);
        assertThat(inner).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsNotThereIsCalledByItsName() {
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> write(absent.resolve("file"), "text")).hasMessage(absent.toString());
    }

    @Test
    void whatFailsLeavesWhatWasThereAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        for (Path target : List.of(file, folder.resolve("absent"))) {
            assertThatThrownBy(() -> Output.toFile(target, out -> {
                        out.write(1);
                        throw new IOException("half way");
                    }))
                    .hasMessage("half way");
        }
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("file");
    }
}
