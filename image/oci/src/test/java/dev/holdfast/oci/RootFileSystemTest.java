package dev.holdfast.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.layer.FolderWalk;
import dev.holdfast.oci.testing.Images;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as the root of a file system. */
class RootFileSystemTest {
    @TempDir
    Path temporary;

    private Path root = Path.of("");

    @BeforeEach
    void makeRoot() throws Exception {
        root = Files.createDirectory(temporary.resolve("root"));
    }

    private Path write(String path, String content) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, content);
    }

    private Images.Opened read() throws Exception {
        return Images.read(root, Images.EVERYTHING, Limits.DEFAULT);
    }

    @Test
    void filesAreOneLayerWithoutDigest() throws Exception {
        write("etc/os-release", "ID=debian\n");
        Files.setPosixFilePermissions(write("bin/tool", "x"), PosixFilePermissions.fromString("rwxr-x--x"));
        try (var opened = read()) {
            assertThat(opened.target().description().kind()).isEqualTo(TargetKind.ROOT_FILE_SYSTEM);
            assertThat(opened.target().description().digest()).isEmpty();
            assertThat(opened.target().layers()).hasSize(1);
            assertThat(opened.files()).containsExactly("/bin/tool", "/etc/os-release");
            assertThat(opened.text("/etc/os-release")).isEqualTo("ID=debian\n");
            assertThat(opened.tree().entry("/bin/tool").orElseThrow().mode()).isEqualTo(0751);
            assertThat(opened.tree().entry("/bin/tool").orElseThrow().header().isExecutable())
                    .isTrue();
            assertThat(opened.tree().wantedPaths()).containsExactly("/bin/tool", "/etc/os-release");
        }
    }

    @Test
    void linksAreResolvedInsideTheRootAndNeverFollowedOut() throws Exception {
        Path outside = Files.writeString(temporary.resolve("secret"), "outside");
        write("secret", "inside");
        write("etc/passwd", "inside");
        Files.createSymbolicLink(root.resolve("up"), Path.of("../secret"));
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(root.resolve("real"), outside);
        Files.createSymbolicLink(root.resolve("self"), root);
        try (var opened = read()) {
            assertThat(opened.text("/up")).isEqualTo("inside");
            assertThat(opened.text("/absolute")).isEqualTo("inside");
            assertThat(opened.tree().resolve("/real")).isEmpty();
            assertThat(opened.tree().resolve("/self/etc")).isEmpty();
            assertThat(opened.files()).containsExactly("/absolute", "/etc/passwd", "/real", "/secret", "/self", "/up");
        }
        for (String link : new String[] {"up", "absolute", "real", "self"}) {
            Files.delete(root.resolve(link)); // who clears the folder warns about links out of it
        }
    }

    @Test
    void nameThatIsNotUnicodeIsReadByItsBytes() throws Exception {
        Path odd = Path.of(URI.create(root.toUri() + "caf%E9%20x"));
        Files.writeString(odd, "odd");
        write("\u00e9t\u00e9", "summer");
        try (var opened = read()) {
            assertThat(opened.files()).containsExactly("/caf\udce9 x", "/\u00e9t\u00e9");
            assertThat(opened.text("/caf\udce9 x")).isEqualTo("odd");
            assertThat(opened.text("/\u00e9t\u00e9")).isEqualTo("summer");
        }
    }

    @Test
    void programsAreToldFromTheirFirstBytes() throws Exception {
        write("elf", "\u007fELF....");
        write("script", "#!/bin/sh");
        write("short", "M");
        try (var opened = Images.read(root, (path, header) -> Want.PROGRAM, Limits.DEFAULT)) {
            assertThat(opened.tree().wantedPaths()).containsExactly("/elf");
        }
    }

    @Test
    void whatMayNotBeReadIsAGap() throws Exception {
        assumeFalse(System.getProperty("user.name", "").equals("root"), "root may read everything");
        write("closed/a", "1");
        Files.setPosixFilePermissions(write("secret", "2"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(root.resolve("closed"), PosixFilePermissions.fromString("---------"));
        try (var opened = read()) {
            assertThat(opened.gaps()).extracting(Gap::code).containsOnly(Gap.Code.NO_PERMISSION);
            assertThat(opened.gaps()).extracting(Gap::subject).containsExactly("/closed", "/secret");
            assertThat(opened.tree().wantedPaths()).isEmpty();
        } finally {
            Files.setPosixFilePermissions(root.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void pipesAreEntriesAndNobodyWaitsForThem() throws Exception {
        assumeTrue(
                new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                                .start()
                                .waitFor()
                        == 0,
                "no mkfifo here");
        write("a", "1");
        try (var opened = read()) {
            assertThat(opened.tree().entry("/pipe").orElseThrow().type()).isEqualTo(FileType.FIFO);
            assertThat(opened.tree().wantedPaths()).containsExactly("/a");
        }
    }

    @Test
    void pseudoFileSystemIsAnEmptyFolder() throws Exception {
        assumeTrue(Files.isRegularFile(Path.of("/proc/self/status")), "no /proc here");
        assertThat(FolderWalk.isPseudo(Path.of("/proc"))).isTrue();
        assertThat(FolderWalk.isPseudo(root)).isFalse();
    }

    @Test
    void emptyFolderHasNothing() throws Exception {
        try (var opened = read()) {
            assertThat(opened.files()).isEmpty();
            assertThat(opened.tree().size()).isZero();
        }
    }

    @Test
    void tooManyFilesAreRefused() throws Exception {
        for (int i = 0; i < 20; i++) {
            write("f" + i, "");
        }
        try (var opened = Images.read(root, Images.EVERYTHING, Limits.DEFAULT.withEntries(10))) {
            throw new AssertionError("was read: " + opened.files());
        } catch (InputException refused) {
            assertThat(refused.code()).isEqualTo(InputException.Code.LIMIT);
        }
    }
}
