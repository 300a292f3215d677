package dev.holdfast.oci;

import static dev.holdfast.oci.testing.ImageBuilder.image;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.image.Platforms;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.Folding;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.Images;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of target, found by looking; and the choice among several images. */
class TargetsTest {
    @TempDir
    Path folder;

    private static ImageBuilder shop() {
        return image().tag("shop:1")
                .layer(layer().file("etc/os-release", "ID=debian\n"), Folding.GZIP)
                .layer(layer().file("app/a", "1").whiteout("none"))
                .history("ADD base.tar /")
                .emptyHistory("ENV A=b")
                .history("COPY a /app/")
                .config("{\"User\":\"app\",\"Env\":[\"A=b\"],\"Entrypoint\":[\"/a\"],\"Cmd\":null,"
                        + "\"ExposedPorts\":{\"80/tcp\":{},\"443/tcp\":{}},\"Labels\":{\"z\":\"1\",\"a\":\"2\"}}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<Target> open(byte[] archive, String platform) throws InputException, IOException {
        Path file = Images.write(folder, archive);
        return Targets.open(
                new TargetRequest("given", file, Optional.empty(), Platform.parse(platform)), Limits.DEFAULT);
    }

    private InputException refusal(byte[] archive) throws IOException {
        return refusal(archive, "");
    }

    private InputException refusal(byte[] archive, String platform) throws IOException {
        try {
            Images.closeAll(open(archive, platform));
            throw new AssertionError("was opened");
        } catch (InputException expected) {
            return expected;
        }
    }

    @ParameterizedTest
    @EnumSource(ArchiveBuilder.Writer.class)
    void dockerArchiveOfEveryWriterIsOneImage(ArchiveBuilder.Writer writer) throws Exception {
        try (var opened = Images.read(folder, ArchiveBuilder.dockerArchive(writer, shop()))) {
            TargetDescription description = opened.target().description();
            assertThat(description.kind()).isEqualTo(TargetKind.DOCKER_ARCHIVE);
            assertThat(description.given()).isEqualTo("image.tar");
            assertThat(description.digest()).contains(Digest.sha256(shop().configuration()));
            assertThat(description.platform()).contains(new Platform("linux", "amd64", ""));
            assertThat(description.tags()).containsExactly("shop:1");
            assertThat(opened.files()).containsExactly("/app/a", "/etc/os-release");
            assertThat(opened.text("/etc/os-release")).isEqualTo("ID=debian\n");
            assertThat(opened.gaps()).isEmpty();
        }
    }

    @Test
    void configurationAndHistoryAreAsWritten() throws Exception {
        try (var opened = Images.read(folder, ArchiveBuilder.dockerArchive(shop()))) {
            ImageConfiguration configuration = opened.target().configuration();
            assertThat(configuration.user()).isEqualTo("app");
            assertThat(configuration.environment()).containsExactly("A=b");
            assertThat(configuration.entrypoint()).containsExactly("/a");
            assertThat(configuration.command()).isEmpty();
            assertThat(configuration.exposedPorts()).containsExactly("443/tcp", "80/tcp");
            assertThat(configuration.labels()).containsExactly(Map.entry("a", "2"), Map.entry("z", "1"));
            assertThat(configuration.history()).hasSize(3);
            assertThat(opened.target().layers())
                    .extracting(Layer::createdBy)
                    .containsExactly("ADD base.tar /", "COPY a /app/");
        }
    }

    @Test
    void historyThatDoesNotFitTheLayersBlamesNoInstruction() throws Exception {
        ImageBuilder image =
                image().layer(layer().file("a", "1")).history("RUN one").history("RUN two");
        try (var opened = Images.read(folder, ArchiveBuilder.dockerArchive(image))) {
            assertThat(opened.target().layers()).extracting(Layer::createdBy).containsExactly("");
            assertThat(opened.gaps()).extracting(Gap::code).containsExactly(Gap.Code.HISTORY_MISMATCH);
        }
    }

    @ParameterizedTest
    @EnumSource(Folding.class)
    void archiveThatIsCompressedAsAWholeIsUnfoldedFirst(Folding folding) throws Exception {
        try (var opened = Images.read(folder, folding.fold(ArchiveBuilder.dockerArchive(shop())))) {
            assertThat(opened.text("/app/a")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource(Folding.class)
    void layerOfEveryCompressionIsRead(Folding folding) throws Exception {
        ImageBuilder image =
                image().layer(layer().file("a", "1".repeat(300_000)).file("b", "2"), folding);
        try (var opened = Images.read(folder, ArchiveBuilder.ociArchive(image))) {
            assertThat(opened.target().description().kind()).isEqualTo(TargetKind.OCI_LAYOUT);
            assertThat(opened.text("/a")).hasSize(300_000);
            assertThat(opened.text("/b")).isEqualTo("2");
        }
    }

    @Test
    void layoutAsAFolderIsRead() throws Exception {
        ArchiveBuilder.ociFolder(folder, shop());
        try (var opened = Images.read(folder, Images.EVERYTHING, Limits.DEFAULT)) {
            assertThat(opened.target().description().kind()).isEqualTo(TargetKind.OCI_LAYOUT);
            assertThat(opened.target().description().digest()).contains(Digest.sha256(shop().manifest()));
            assertThat(opened.target().description().tags()).containsExactly("shop:1");
            assertThat(opened.text("/app/a")).isEqualTo("1");
        }
    }

    @Test
    void linkOutOfALayoutIsNotFollowed() throws Exception {
        Path layout = folder.resolve("layout");
        ArchiveBuilder.ociFolder(layout, shop());
        Path outside = Files.write(folder.resolve("outside"), shop().configuration());
        Path blob = layout.resolve(
                "blobs/sha256/" + Digest.sha256(shop().configuration()).hex());
        Files.delete(blob);
        Files.createSymbolicLink(blob, outside);
        try {
            Images.closeAll(Images.open(layout, Limits.DEFAULT));
            throw new AssertionError("was opened");
        } catch (InputException refused) {
            assertThat(refused).hasMessageContaining("link out of the layout");
        }
    }

    @Test
    void twoImagesInOneArchiveAreTwoTargets() throws Exception {
        ImageBuilder other = image().layer(layer().file("b", "2"));
        List<Target> targets = open(ArchiveBuilder.dockerArchive(shop(), other), "");
        assertThat(targets)
                .extracting(target -> target.description().given())
                .containsExactly(
                        "given shop:1",
                        "given " + Digest.sha256(other.configuration()).brief());
        try (var one = Images.read(targets.get(0), Images.EVERYTHING)) {
            assertThat(one.files()).contains("/app/a");
        }
        // The archive stays open for the other.
        try (var two = Images.read(targets.get(1), Images.EVERYTHING)) {
            assertThat(two.text("/b")).isEqualTo("2");
        }
    }

    @Test
    void layersThatAreLinksToOthersAreRead() throws Exception {
        var twice = layer().file("a", "1");
        byte[] archive = ArchiveBuilder.dockerArchive(
                image().layer(twice).layer(layer().whiteout("a")).layer(twice));
        try (var opened = Images.read(folder, archive)) {
            assertThat(opened.target().layers()).hasSize(3);
            assertThat(opened.text("/a")).isEqualTo("1");
        }
    }

    @Test
    void platformIsChosenFromAnIndex() throws Exception {
        ImageBuilder amd = image().platform("linux", "amd64", "").layer(layer().file("amd", ""));
        ImageBuilder armV6 = image().platform("linux", "arm", "v6").layer(layer().file("v6", ""));
        ImageBuilder armV7 = image().platform("linux", "arm", "v7").layer(layer().file("v7", ""));
        byte[] archive = ArchiveBuilder.ociArchive(amd, armV6, armV7);
        assertThat(only(archive, "linux/amd64")).containsExactly("/amd");
        assertThat(only(archive, "linux/arm/v6")).containsExactly("/v6");
        assertThat(only(archive, "linux/arm/v7")).containsExactly("/v7");
        assertThat(only(archive, "linux/arm")).containsExactly("/v7");
        assertThat(only(archive, ""))
                .containsExactly(Platforms.own().architecture().equals("arm") ? "/v7" : "/amd");
        InputException refused = refusal(archive, "linux/s390x");
        assertThat(refused.code()).isEqualTo(InputException.Code.NO_SUCH_PLATFORM);
        assertThat(refused).hasMessageContaining("linux/amd64, linux/arm/v6, linux/arm/v7");
    }

    private List<String> only(byte[] archive, String platform) throws InputException, IOException {
        List<Target> targets = open(archive, platform);
        assertThat(targets).hasSize(1);
        try (var opened = Images.read(targets.getFirst(), Images.EVERYTHING)) {
            return opened.files();
        }
    }

    @Test
    void nothingIsChosenSilentlyWhenTheMachinesPlatformIsAbsent() throws Exception {
        byte[] archive = ArchiveBuilder.ociArchive(
                image().platform("linux", "mips64le", "").layer(layer()),
                image().platform("linux", "ppc64le", "").layer(layer().file("x", "")));
        assertThat(refusal(archive).code()).isEqualTo(InputException.Code.NO_SUCH_PLATFORM);
    }

    @Test
    void onlyImageIsTakenWhateverItsPlatform() throws Exception {
        byte[] archive = ArchiveBuilder.ociArchive(
                image().platform("linux", "mips64le", "").layer(layer().file("x", "")));
        assertThat(only(archive, "")).containsExactly("/x");
        assertThat(refusal(archive, "linux/amd64").code()).isEqualTo(InputException.Code.NO_SUCH_PLATFORM);
        byte[] docker = ArchiveBuilder.dockerArchive(
                image().platform("linux", "mips64le", "").layer(layer()));
        assertThat(refusal(docker, "linux/amd64").code()).isEqualTo(InputException.Code.NO_SUCH_PLATFORM);
    }

    @Test
    void imagesOfDifferentNamesAreDifferentTargets() throws Exception {
        ImageBuilder a = image().tag("a:1").layer(layer().file("a", ""));
        ImageBuilder b = image().tag("b:1").layer(layer().file("b", ""));
        List<Target> targets = open(ArchiveBuilder.ociArchive(a, b), "");
        assertThat(targets)
                .extracting(target -> target.description().given())
                .containsExactly("given a:1", "given b:1");
        Images.closeAll(targets);
    }

    @Test
    void imageOfTwoNamesIsOneTargetWithBoth() throws Exception {
        ImageBuilder image = image().tag("a:1").layer(layer().file("a", ""));
        String descriptor = ArchiveBuilder.manifestDescriptor(image);
        byte[] index = ArchiveBuilder.index(descriptor, descriptor.replace("a:1", "b:1"));
        List<Target> targets = open(ArchiveBuilder.ociArchive(index, Map.of(), image), "");
        assertThat(targets).hasSize(1);
        assertThat(targets.getFirst().description().tags()).containsExactly("a:1", "b:1");
        Images.closeAll(targets);
    }

    @Test
    void nestedIndexIsFollowed() throws Exception {
        ImageBuilder image = image().layer(layer().file("a", ""));
        byte[] inner = ArchiveBuilder.index(image);
        byte[] outer = ArchiveBuilder.index(ArchiveBuilder.indexDescriptor(inner));
        assertThat(only(ArchiveBuilder.ociArchive(outer, Map.of(ImageBuilder.digestOf(inner), inner), image), ""))
                .containsExactly("/a");
    }

    @Test
    void attestationIsNotTakenForAnImage() throws Exception {
        ImageBuilder image = image().layer(layer().file("a", ""));
        ImageBuilder attestation = image().platform("unknown", "unknown", "").layer(utf8("{}"), Folding.NONE);
        assertThat(only(ArchiveBuilder.ociArchive(attestation, image), "")).containsExactly("/a");

        String annotated = ArchiveBuilder.manifestDescriptor(
                        image().tag("x").platform("linux", "amd64", "").layer(utf8("{}"), Folding.NONE))
                .replace("org.opencontainers.image.ref.name", "vnd.docker.reference.type");
        byte[] index = ArchiveBuilder.index(annotated, ArchiveBuilder.manifestDescriptor(image));
        assertThat(only(ArchiveBuilder.ociArchive(index, Map.of(), image), "")).containsExactly("/a");
    }

    @Test
    void artifactIsNoImage() throws Exception {
        byte[] manifest =
                utf8("{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.cncf.helm.config.v1+json\","
                        + "\"digest\":\"" + ImageBuilder.digestOf(utf8("{}")) + "\",\"size\":2},\"layers\":[]}");
        String descriptor = "{\"digest\":\"" + ImageBuilder.digestOf(manifest) + "\",\"size\":" + manifest.length + "}";
        byte[] archive = ArchiveBuilder.ociArchive(
                ArchiveBuilder.index(descriptor), Map.of(ImageBuilder.digestOf(manifest), manifest));
        assertThat(refusal(archive)).hasMessageContaining("application/vnd.cncf.helm.config.v1+json");
    }

    @Test
    void indexThatNamesItselfEnds() throws Exception {
        // An index cannot contain its own digest, but a chain of them can be as long as one likes.
        byte[] index = ArchiveBuilder.index(image().layer(layer()));
        Map<String, byte[]> blobs = new java.util.HashMap<>();
        for (int i = 0; i < 100; i++) {
            blobs.put(ImageBuilder.digestOf(index), index);
            index = ArchiveBuilder.index(ArchiveBuilder.indexDescriptor(index));
        }
        assertThat(refusal(ArchiveBuilder.ociArchive(index, blobs)).code()).isEqualTo(InputException.Code.LIMIT);
    }

    @Test
    void foreignLayerThatIsNotCarriedIsAGap() throws Exception {
        ImageBuilder image = image().missingLayer(layer().file("windows", "")).layer(layer().file("a", ""));
        for (byte[] archive : List.of(ArchiveBuilder.ociArchive(image), ArchiveBuilder.dockerArchive(image))) {
            try (var opened = Images.read(folder, archive)) {
                assertThat(opened.files()).containsExactly("/a");
                assertThat(opened.gaps()).extracting(Gap::code).containsExactly(Gap.Code.MISSING_LAYER);
                assertThat(opened.gaps().getFirst().detail()).contains("not examined");
            }
        }
    }

    @Test
    void kindCanBeForced() throws Exception {
        Path file = Images.write(folder, ArchiveBuilder.dockerArchive(ArchiveBuilder.Writer.DOCKER_25, shop()));
        List<Target> targets = Targets.open(
                new TargetRequest("given", file, Optional.of(TargetKind.OCI_LAYOUT), Optional.empty()), Limits.DEFAULT);
        assertThat(targets.getFirst().description().kind()).isEqualTo(TargetKind.OCI_LAYOUT);
        assertThat(targets.getFirst().description().digest()).contains(Digest.sha256(shop().manifest()));
        Images.closeAll(targets);
    }

    @Test
    void pipeIsSpooled() throws Exception {
        Path pipe = folder.resolve("pipe");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo here");
        byte[] archive = Folding.GZIP.fold(ArchiveBuilder.dockerArchive(shop()));
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                Files.write(pipe, archive);
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        });
        try (var opened = Images.read(pipe, Images.EVERYTHING, Limits.DEFAULT)) {
            assertThat(opened.text("/app/a")).isEqualTo("1");
        }
        writer.join();
    }

    @Test
    void whatIsNoImageIsToldByItsLooks() throws Exception {
        assertThat(refusal(new byte[0])).hasMessage("given: no image: it looks like an empty file");
        assertThat(refusal(utf8("PK\3\4rest"))).hasMessageContaining("zip archive");
        assertThat(refusal(utf8("\177ELF\2\1\1"))).hasMessageContaining("a program");
        assertThat(refusal(utf8("{\"bomFormat\":\"CycloneDX\"}"))).hasMessageContaining("JSON document");
        assertThat(refusal(utf8("FROM debian\n"))).hasMessageContaining("Dockerfile");
        assertThat(refusal(Folding.GZIP.fold(utf8("hello")))).hasMessageContaining("gzip data that holds text");
        assertThat(refusal(layer().file("etc/passwd", "").build())).hasMessageContaining("root file system");
        assertThat(refusal(layer().file("readme", "").build())).hasMessageContaining("begins with readme");
        assertThat(refusal(new byte[10_240])).hasMessageContaining("without any file");
        assertThat(refusal(layer().file("manifest.json", "null").build())).hasMessageContaining("it is null");
        assertThat(refusal(layer().file("manifest.json", "[]").build())).hasMessageContaining("lists no image");
        for (byte[] bytes :
                List.of(new byte[0], utf8("hello"), layer().file("x", "").build())) {
            assertThat(refusal(bytes).code()).isEqualTo(InputException.Code.NOT_AN_IMAGE);
        }
    }

    @Test
    void whatDoesNotExistIsNotFound() throws Exception {
        try {
            Images.closeAll(Images.open(folder.resolve("none.tar"), Limits.DEFAULT));
            throw new AssertionError("was opened");
        } catch (InputException refused) {
            assertThat(refused.code()).isEqualTo(InputException.Code.NOT_FOUND);
            assertThat(refused).hasMessage("none.tar: no such file or folder");
        }
    }
}
