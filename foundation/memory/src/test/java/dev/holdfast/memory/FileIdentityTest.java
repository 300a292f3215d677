package dev.holdfast.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is the same until somebody touches it. */
class FileIdentityTest {
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void knowsAFileThatNobodyTouched() throws Exception {
        FileIdentity seen = seen("content");

        assertThat(seen.isCurrent()).isTrue();
        assertThat(FileIdentity.read(new FactReader(written(seen)))).isEqualTo(seen);
    }

    private static byte[] written(FileIdentity identity) {
        FactWriter facts = new FactWriter();
        identity.write(facts);
        return facts.toBytes();
    }

    private FileIdentity seen(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("image.tar"), content);
        return FileIdentity.of(file).orElseThrow();
    }

    @Test
    void knowsNoFileWhoseContentChangedAndWhoseTimeWasSetBack() throws Exception {
        FileIdentity seen = seen("content");
        Path file = Path.of(seen.path());
        FileTime modified = Files.getLastModifiedTime(file);
        Thread.sleep(20); // the file system's clock ticks every few milliseconds
        Files.writeString(file, "CONTENT");
        Files.setLastModifiedTime(file, modified);

        assertThat(seen.isCurrent()).isFalse();
    }

    @Test
    void knowsNoOtherFileOfTheSameName() throws Exception {
        FileIdentity seen = seen("content");
        Path other = Files.writeString(folder.resolve("other"), "content");
        Files.move(other, Path.of(seen.path()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(seen.isCurrent()).isFalse();
        Files.delete(Path.of(seen.path()));
        assertThat(seen.isCurrent()).isFalse();
    }

    @Test
    void waitsUntilAChangeWouldShow() throws Exception {
        FileIdentity seen = seen("content");
        Instant modified = Files.getLastModifiedTime(Path.of(seen.path())).toInstant();

        assertThat(seen.isSettledAt(modified.plus(Duration.ofSeconds(1)))).isFalse();
        assertThat(seen.isSettledAt(LATER)).isTrue();
    }
}
