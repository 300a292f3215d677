package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStampsTest {
    private static final FileTime TIME = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writeOne() throws Exception {
        file = write("file", "one");
    }

    private Path write(String name, String text) throws Exception {
        return Files.setLastModifiedTime(Files.writeString(folder.resolve(name), text), TIME);
    }

    private FileStamps stamps() {
        return FileStamps.of(List.of(file));
    }

    @Test
    void areTheSameForWhatHasNotChanged() {
        assertThat(stamps()).isEqualTo(stamps());
    }

    @Test
    void areOthersForAnotherTimeLengthOrFile() throws Exception {
        FileStamps before = stamps();
        Files.setLastModifiedTime(file, FileTime.from(TIME.toInstant().plusMillis(1)));
        assertThat(stamps()).isNotEqualTo(before);
        write("file", "longer");
        assertThat(stamps()).isNotEqualTo(before);
        Files.move(write("other", "two"), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(stamps()).isNotEqualTo(before);
    }

    @Test
    void areOthersForAFolderOfLinksThatWasSwapped() throws Exception {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        write("first/rules", "one");
        write("second/rules", "two");
        Path link = Files.createSymbolicLink(folder.resolve("data"), first);
        file = link.resolve("rules");
        FileStamps before = stamps();
        Files.delete(link);
        Files.createSymbolicLink(link, second);
        assertThat(stamps()).isNotEqualTo(before);
    }

    @Test
    void tellAFileThatIsGone() throws Exception {
        FileStamps before = stamps();
        Files.delete(file);
        assertThat(stamps()).isNotEqualTo(before).isEqualTo(stamps());
    }
}
