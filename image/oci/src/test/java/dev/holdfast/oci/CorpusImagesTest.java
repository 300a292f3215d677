package dev.holdfast.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.testing.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that nobody of this project wrote, with what is known about each of them. */
class CorpusImagesTest {
    private static Path file(String name) {
        Path file = Path.of(System.getProperty("holdfast.shared", "none"), "fixtures/corpus/images", name);
        assumeTrue(Files.isRegularFile(file), "the corpus is not here: " + file);
        return file;
    }

    private static Images.Opened read(String name) throws InputException, IOException {
        return Images.read(file(name), Images.EVERYTHING, Limits.DEFAULT);
    }

    private static InputException refusal(String name) throws IOException {
        try {
            Images.closeAll(Images.open(file(name), Limits.DEFAULT));
            throw new AssertionError("was opened");
        } catch (InputException refused) {
            return refused;
        }
    }

    /** Image identity and layer counts as {@code manifest.json}, {@code index.json} and the configurations say them. */
    @ParameterizedTest
    @CsvSource({
        "almostempty.tar, docker-archive, sha256:9d7f147c0d0c, linux/amd64, 1",
        "alpine-3.10.2.tar.gz, docker-archive, sha256:961769676411, linux/amd64, 1",
        "alpine-3.11.5.tar.gz, docker-archive, sha256:a187dde48cd2, linux/amd64, 1",
        "busybox-docker.tar, docker-archive, sha256:db8ee88ad75f, linux/amd64, 1",
        "busybox-jib.tar, docker-archive, sha256:301a5731cf8e, linux/amd64, 2",
        "hello-world-v25.tar, docker-archive, sha256:ee301c921b8a, linux/arm64, 1",
        "snyk-alpine.tar, docker-archive, sha256:6dff1269bc79, linux/amd64, 1",
        "snyk-busybox-single-arch-with-attestation-manifest.tar, docker-archive, sha256:0f7981b59ce1, linux/arm64, 1",
        "snyk-busybox.armv7.tar, docker-archive, sha256:74c89ecc3230, linux/arm/v7, 1",
        "snyk-gemfile.tar, docker-archive, sha256:62973e9ef107, linux/amd64, 1",
        "snyk-java-uberjar.tar, docker-archive, sha256:d4ce5611c36e, linux/amd64, 2",
        "snyk-kaniko-busybox.tar, docker-archive, sha256:c5003bd0bae2, linux/amd64, 1",
        "snyk-node-removed.tar, oci-layout, sha256:d870c2f683fa, linux/amd64, 3",
        "snyk-npm7-with-package-lock-file.tar, docker-archive, sha256:c9356f7ff758, linux/amd64, 4",
        "snyk-pnpmlockv9.tar, oci-layout, sha256:366646e27384, linux/arm64, 3",
        "snyk-war-with-3-level-jar.tar, docker-archive, sha256:2303ab70c439, linux/amd64, 2",
        "snyk-yarn-with-node-modules-only.tar, docker-archive, sha256:424ce2e3cb0b, linux/amd64, 3",
        "symbolic.tar, docker-archive, sha256:af027de9139a, linux/amd64, 9",
        "valid-oci.tar, oci-layout, sha256:c1ed04a3da94, linux/amd64, 1",
    })
    void imageIsWhatItsDocumentsSay(String name, String kind, String digest, String platform, int layers)
            throws Exception {
        try (var image = read(name)) {
            TargetDescription description = image.target().description();
            assertThat(description.kind().word()).isEqualTo(kind);
            assertThat(description.digest().orElseThrow().brief()).isEqualTo(digest);
            assertThat(description.platform().orElseThrow()).hasToString(platform);
            assertThat(image.target().layers()).hasSize(layers);
            assertThat(image.gaps()).isEmpty();
            for (String path : image.tree().wantedPaths()) {
                for (FileVersion version : image.tree().history(path)) {
                    if (version.type() == FileType.REGULAR) {
                        assertThat(image.text(version)).as(path).hasSize((int) version.size());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "overwritten_file.tar, /bar.txt /foo.txt",
        "whiteout_image.tar, /bar.txt",
        "scalibr-basic.tar, /larger-sample.txt /sample.txt",
        "scalibr-multiple-files.tar, /dir1/bar.txt /dir1/baz.txt /foo.txt",
        "scalibr-overwrite-file.tar, /sample.txt",
        "snyk-poetry.tar, /app/poetry.lock /app/pyproject.toml",
        "snyk-gemfile.tar, /Gemfile /Gemfile.lock",
        "snyk-kaniko-busybox.tar, /busybox.tar.gz",
        "snyk-war-with-3-level-jar.tar, /workspace/app/mywar.war",
        "valid-oci.tar, /README.md",
        "almostempty.tar, /emptyfile",
    })
    void filesAreThoseOfTheMergedLayers(String name, String files) throws Exception {
        try (var image = read(name)) {
            assertThat(image.files()).containsExactly(files.split(" "));
        }
    }

    @Test
    void whiteoutOfTheFileIsRemembered() throws Exception {
        try (var image = read("whiteout_image.tar")) {
            assertThat(image.tree().entry("/foo.txt")).isEmpty();
            assertThat(image.tree().history("/foo.txt").getLast().type()).isEqualTo(FileType.WHITEOUT);
        }
    }

    @Test
    void upperLayerWins() throws Exception {
        try (var image = read("scalibr-overwrite-file.tar")) {
            assertThat(image.tree().entry("/sample.txt").orElseThrow().layer()).isEqualTo(1);
            assertThat(image.text("/sample.txt")).hasSize(29);
        }
    }

    @Test
    void removedNodeIsNotThere() throws Exception {
        try (var image = read("snyk-node-removed.tar")) {
            List<String> node = new ArrayList<>(image.files());
            node.removeIf(path -> !path.contains("node_modules") && !path.endsWith("/bin/node"));
            assertThat(node).isEmpty();
        }
    }

    @Test
    void linksOutOfTheRootLeadNowhere() throws Exception {
        try (var image = read("scalibr-symlink-attack.tar")) {
            assertThat(image.tree()
                            .entry("/dir1/attack-symlink.txt")
                            .orElseThrow()
                            .linkTarget())
                    .contains("../../secret.txt");
            assertThat(image.tree().resolve("/dir1/attack-symlink.txt")).isEmpty();
            assertThat(image.tree().resolve("/dir1/attack-symlink-absolute.txt"))
                    .isEmpty();
        }
    }

    @Test
    void linksInACircleEnd() throws Exception {
        try (var image = read("scalibr-symlink-cycle.tar")) {
            assertThat(image.tree().resolve("/dir1/sample.txt")).isEmpty();
            assertThat(image.tree().resolve("/dir1/chain-symlink.txt")).isEmpty();
        }
    }

    @Test
    void linksToAFileLeadThere() throws Exception {
        try (var image = read("scalibr-symlink-basic.tar")) {
            for (String link :
                    List.of("absolute-symlink", "chain-symlink", "relative-dot-symlink", "relative-symlink")) {
                FileVersion file =
                        image.tree().resolve("/dir1/" + link + ".txt").orElseThrow();
                assertThat(file.path()).isEqualTo("/dir1/sample.txt");
            }
        }
    }

    @Test
    void osReleaseBehindALinkIsFound() throws Exception {
        try (var image = read("snyk-nginx-os-release-link.tar")) {
            assertThat(image.text("/etc/os-release")).contains("ID=debian");
        }
    }

    @ParameterizedTest
    @CsvSource({"snyk-nginx-os-release-link.tar", "snyk-nginx-compressed-layers.tar"})
    void fewerLayersThanTheConfigurationListsAreGapsAndAResult(String name) throws Exception {
        try (var image = read(name)) {
            assertThat(image.target().layers()).hasSize(1);
            assertThat(image.gaps())
                    .extracting(Gap::code)
                    .containsExactly(Gap.Code.MISSING_LAYER, Gap.Code.MISSING_LAYER, Gap.Code.HISTORY_MISMATCH);
            assertThat(image.tree().entry("/var/lib/dpkg/status")).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({"test_bundle.tar, test_image_2, test_image_1", "test_link.tar, test_image_1, test_image_3"})
    void twoImagesInOneArchiveAreTwoTargets(String name, String first, String second) throws Exception {
        List<Target> targets = Images.open(file(name), Limits.DEFAULT);
        assertThat(targets).hasSize(2);
        try (var one = Images.read(targets.get(0), Images.EVERYTHING);
                var two = Images.read(targets.get(1), Images.EVERYTHING)) {
            assertThat(one.target().description().given())
                    .startsWith(name + " ")
                    .endsWith(first);
            assertThat(two.target().description().given()).endsWith(second);
            assertThat(one.files()).isNotEmpty();
            assertThat(two.files()).isNotEmpty();
        }
    }

    @Test
    void layoutOfAContainerdExportCanBeForced() throws Exception {
        Path file = file("snyk-busybox-single-arch-with-attestation-manifest.tar");
        List<Target> targets = Targets.open(
                new TargetRequest(
                        "given", file, java.util.Optional.of(TargetKind.OCI_LAYOUT), java.util.Optional.empty()),
                Limits.DEFAULT);
        assertThat(targets).hasSize(1);
        try (var image = Images.read(targets.getFirst(), Images.EVERYTHING)) {
            assertThat(image.target().description().tags()).containsExactly("docker.io/foo/bar:v3");
            assertThat(image.target().description().platform().orElseThrow()).hasToString("linux/arm64");
            assertThat(image.tree().entry("/bin/busybox")).isPresent();
        }
    }

    @Test
    void whatIsNoImageIsRefusedWithWhatItLooksLike() throws Exception {
        assertThat(refusal("no_manifest.tar")).hasMessageContaining("layers and no manifest.json");
        assertThat(refusal("null_manifest.tar")).hasMessageContaining("lists no image, it is null");
        assertThat(refusal("scalibr-empty.tar")).hasMessageContaining("a tar without any file");
        assertThat(refusal("whiteout.layer.tar")).hasMessageContaining("root file system or of a single layer");
        for (String name : List.of("no_manifest.tar", "null_manifest.tar", "whiteout_opaque.layer.tar")) {
            assertThat(refusal(name).code()).isEqualTo(InputException.Code.NOT_AN_IMAGE);
        }
    }
}
