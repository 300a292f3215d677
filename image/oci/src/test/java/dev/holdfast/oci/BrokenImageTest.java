package dev.holdfast.oci;

import static dev.holdfast.oci.testing.ImageBuilder.image;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.store.Spill;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.Folding;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.Images;
import dev.holdfast.oci.testing.LayerBuilder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are cut off, damaged, changed, or made to exhaust whoever reads them. */
class BrokenImageTest {
    private static final String SOME = "sha256:" + "0".repeat(64);

    @TempDir
    Path folder;

    private InputException refusal(byte[] archive) throws IOException {
        return refusal(archive, Limits.DEFAULT);
    }

    private InputException refusal(byte[] archive, Limits limits) throws IOException {
        try (var opened = Images.read(Images.write(folder, archive), Images.EVERYTHING, limits)) {
            throw new AssertionError("was read: " + opened.files());
        } catch (InputException expected) {
            return expected;
        }
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void rejectsLayerWhoseDigestDiffers() throws Exception {
        byte[] tar = layer().file("a", "1").build();
        InputException diffId = refusal(ArchiveBuilder.dockerArchive(image().storedLayer(tar, SOME, SOME)));
        assertThat(diffId.code()).isEqualTo(InputException.Code.DIGEST_MISMATCH);
        assertThat(diffId)
                .hasMessageContaining("image.tar: layer 1 of 1")
                .hasMessageContaining("expected " + SOME)
                .hasMessageContaining("found " + ImageBuilder.digestOf(tar));
    }

    @Test
    void rejectsStoredLayerWhoseDigestDiffers() throws Exception {
        byte[] tar = layer().file("a", "1").build();
        byte[] stored = Folding.GZIP.fold(tar);
        InputException blob = refusal(ArchiveBuilder.ociArchive(
                image().storedLayer(stored, ImageBuilder.digestOf(tar), "sha256:" + "1".repeat(64))));
        assertThat(blob.code()).isEqualTo(InputException.Code.DIGEST_MISMATCH);
        InputException diffId =
                refusal(ArchiveBuilder.ociArchive(image().storedLayer(stored, SOME, ImageBuilder.digestOf(stored))));
        assertThat(diffId.code()).isEqualTo(InputException.Code.DIGEST_MISMATCH);
        assertThat(diffId).hasMessageContaining("its uncompressed content");
    }

    @Test
    void rejectsConfigurationWhoseNameIsAnotherDigest() throws Exception {
        ImageBuilder image = image().layer(layer().file("a", "1"));
        String hex = ImageBuilder.digestOf(image.configuration()).substring(7);
        byte[] archive = ArchiveBuilder.dockerArchive(image);
        String changed = new String(archive, StandardCharsets.ISO_8859_1).replace(hex, "f".repeat(64));
        // Header checksums belong to the old names: the archive is written anew.
        LayerBuilder rebuilt = layer();
        rebuilt.file("f".repeat(64) + ".json", image.configuration());
        rebuilt.file("l.tar", layer().file("a", "1").build());
        rebuilt.file("manifest.json", "[{\"Config\":\"" + "f".repeat(64) + ".json\",\"Layers\":[\"l.tar\"]}]");
        assertThat(changed).contains("f".repeat(64));
        assertThat(refusal(rebuilt.build()).code()).isEqualTo(InputException.Code.DIGEST_MISMATCH);
    }

    @Test
    void damagedBytesAreToldByTheDigestWhereThereIsOne() throws Exception {
        byte[] tar = layer().file("a", noise(5_000)).file("b", "2").build();
        byte[] stored = Folding.GZIP.fold(tar);
        byte[] damaged = stored.clone();
        damaged[stored.length / 2] ^= 0x55;
        InputException refused = refusal(ArchiveBuilder.ociArchive(
                image().storedLayer(damaged, ImageBuilder.digestOf(tar), ImageBuilder.digestOf(stored))));
        assertThat(refused.code()).isEqualTo(InputException.Code.DIGEST_MISMATCH);

        byte[] brokenHeader = tar.clone();
        brokenHeader[148] = '7';
        InputException plain = refusal(
                ArchiveBuilder.dockerArchive(image().storedLayer(brokenHeader, ImageBuilder.digestOf(tar), SOME)));
        assertThat(plain.code()).isEqualTo(InputException.Code.DIGEST_MISMATCH);
        assertThat(plain).hasMessageContaining("wrong checksum");
    }

    @Test
    void corruptGzipThatIsWhatItsDigestSaysIsMalformed() throws Exception {
        byte[] tar = layer().file("a", noise(5_000)).build();
        byte[] damaged = Folding.GZIP.fold(tar);
        damaged[damaged.length / 2] ^= 0x55;
        InputException refused = refusal(ArchiveBuilder.ociArchive(
                image().storedLayer(damaged, ImageBuilder.digestOf(tar), ImageBuilder.digestOf(damaged))));
        assertThat(refused.code()).isEqualTo(InputException.Code.MALFORMED);
        assertThat(refused).hasMessageContaining("gzip is corrupt");
    }

    @Test
    void archiveCutOffAnywhereIsRefusedWithOneLine() throws Exception {
        ImageBuilder image =
                image().layer(layer().file("a", noise(2_000)), Folding.GZIP).layer(layer().file("b", "2"));
        for (byte[] archive : List.of(
                ArchiveBuilder.dockerArchive(image),
                ArchiveBuilder.ociArchive(image),
                Folding.GZIP.fold(ArchiveBuilder.dockerArchive(image)))) {
            for (int length = 0; length < archive.length - 1_536; length += 97) {
                InputException refused = refusal(Arrays.copyOf(archive, length));
                assertThat(refused.getMessage()).doesNotContain("\n").startsWith("image.tar: ");
                assertThat(refused.code())
                        .as("cut off at %d: %s", length, refused.getMessage())
                        .isIn(InputException.Code.TRUNCATED, InputException.Code.NOT_AN_IMAGE);
            }
        }
    }

    @Test
    void layerCutOffInALayoutSaysWhereItEnds() throws Exception {
        ImageBuilder image = image().layer(layer().file("a", noise(60_000)), Folding.GZIP);
        ArchiveBuilder.ociFolder(folder, image);
        try (Stream<Path> blobs = Files.list(folder.resolve("blobs/sha256"))) {
            Path largest = blobs.max(java.util.Comparator.comparingLong(
                            path -> path.toFile().length()))
                    .orElseThrow();
            Files.write(largest, Arrays.copyOf(Files.readAllBytes(largest), 4_096));
        }
        try (var opened = Images.read(folder, Images.EVERYTHING, Limits.DEFAULT)) {
            throw new AssertionError("was read: " + opened.files());
        } catch (InputException refused) {
            assertThat(refused.code()).isEqualTo(InputException.Code.TRUNCATED);
            assertThat(refused).hasMessageContaining("layer 1 of 1").hasMessageContaining("ends after 4,096 of ");
        }
    }

    @Test
    void lowestBrokenLayerIsToldWhicheverFailsFirst() throws Exception {
        ImageBuilder image = image().layer(layer().file("a", "1"))
                .storedLayer(layer().file("b", noise(3_000_000)).build(), SOME, SOME)
                .storedLayer(layer().file("c", "3").build(), SOME, SOME);
        for (int round = 0; round < 10; round++) {
            assertThat(refusal(ArchiveBuilder.dockerArchive(image))).hasMessageContaining("layer 2 of 3");
        }
    }

    @Test
    void bombInALayerIsStopped() throws Exception {
        byte[] zeros = new byte[3 << 20];
        ImageBuilder image = image().layer(layer().file("zeros", zeros), Folding.GZIP);
        InputException refused = refusal(ArchiveBuilder.dockerArchive(image), Limits.DEFAULT.withTotalBytes(1 << 20));
        assertThat(refused.code()).isEqualTo(InputException.Code.LIMIT);
        assertThat(refused).hasMessageContaining("layer 1 of 1").hasMessageContaining("1.0 MB");
    }

    @Test
    void bombOfManyLayersIsStoppedByTheirSum() throws Exception {
        ImageBuilder image = image();
        for (int i = 0; i < 5; i++) {
            image.layer(layer().file("zeros" + i, new byte[300_000]), Folding.GZIP);
        }
        InputException refused = refusal(ArchiveBuilder.dockerArchive(image), Limits.DEFAULT.withTotalBytes(1 << 20));
        assertThat(refused.code()).isEqualTo(InputException.Code.LIMIT);
    }

    @Test
    void tooManyEntriesOverAllLayersAreRefused() throws Exception {
        ImageBuilder image = image();
        for (int i = 0; i < 3; i++) {
            LayerBuilder layer = layer();
            for (int k = 0; k < 50; k++) {
                layer.file("f" + i + "-" + k, "");
            }
            image.layer(layer);
        }
        InputException refused = refusal(ArchiveBuilder.dockerArchive(image), Limits.DEFAULT.withEntries(120));
        assertThat(refused.code()).isEqualTo(InputException.Code.LIMIT);
    }

    @Test
    void tooManyLayersAreRefused() throws Exception {
        ImageBuilder image = image();
        for (int i = 0; i < 1_001; i++) {
            image.storedLayer(new byte[0], SOME, SOME);
        }
        assertThat(refusal(ArchiveBuilder.dockerArchive(image)).code()).isEqualTo(InputException.Code.LIMIT);
    }

    @Test
    void linkOfTheArchiveThatRunsInACircleIsRefused() throws Exception {
        byte[] archive =
                layer().link("manifest.json", "b").link("b", "manifest.json").build();
        assertThat(refusal(archive).code()).isEqualTo(InputException.Code.MALFORMED);
    }

    @Test
    void manifestThatNamesWhatIsNotThereIsRefused() throws Exception {
        assertThat(refusal(layer().file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[]}]")
                        .build()))
                .hasMessageContaining("c.json");
        assertThat(refusal(layer().file("manifest.json", "[{}]").build()).code())
                .isEqualTo(InputException.Code.MALFORMED);
        assertThat(refusal(layer().file("manifest.json", "[1,\"x\",null]").build())
                        .code())
                .isEqualTo(InputException.Code.MALFORMED);
        assertThat(refusal(layer().file("manifest.json", "[".repeat(10_000)).build())
                        .code())
                .isEqualTo(InputException.Code.MALFORMED);
        assertThat(refusal(layer().file("manifest.json", "{").build()).code()).isEqualTo(InputException.Code.MALFORMED);
    }

    @Test
    void digestThatWouldLeaveTheLayoutIsRefused() throws Exception {
        byte[] index = ArchiveBuilder.index("{\"digest\":\"sha256:../../../../etc/passwd\",\"size\":1}");
        assertThat(refusal(ArchiveBuilder.ociArchive(index, java.util.Map.of())).code())
                .isEqualTo(InputException.Code.MALFORMED);
    }

    @Test
    void fewerLayersThanTheConfigurationListsIsAGap() throws Exception {
        ImageBuilder image = image().layer(layer().file("a", "1")).layer(layer().file("b", "2"));
        String configuration = new String(image.configuration(), StandardCharsets.UTF_8);
        byte[] archive = layer().file("config.json", configuration)
                .file("a.tar", layer().file("b", "2").build())
                .file("manifest.json", "[{\"Config\":\"config.json\",\"Layers\":[\"a.tar\"]}]")
                .build();
        try (var opened = Images.read(folder, archive)) {
            assertThat(opened.files()).containsExactly("/b");
            assertThat(opened.gaps()).hasSize(1);
            assertThat(opened.gaps().getFirst().detail()).contains("lists 2 layers, the image carries 1");
        }
    }

    @Test
    void interruptionEndsTheReading() throws Exception {
        ImageBuilder image = image().layer(layer().file("a", noise(2_000_000)), Folding.GZIP);
        Path file = Images.write(folder, ArchiveBuilder.dockerArchive(image));
        Thread.currentThread().interrupt();
        try (var opened = Images.read(file, Images.EVERYTHING, Limits.DEFAULT)) {
            throw new AssertionError("was read: " + opened.files());
        } catch (InterruptedIOException expected) {
            assertThat(Thread.interrupted()).isTrue();
        } catch (java.nio.channels.ClosedByInterruptException expected) {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void nothingIsLeftOpenOrBehind() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors), "no /proc here");
        byte[] large = noise(Spill.SMALL + 1);
        ImageBuilder image = image().layer(layer().file("large", large), Folding.GZIP);
        Path good = Files.write(folder.resolve("good.tar.gz"), Folding.GZIP.fold(ArchiveBuilder.dockerArchive(image)));
        Path bad = Files.write(
                folder.resolve("bad.tar"),
                ArchiveBuilder.dockerArchive(image.storedLayer(Folding.GZIP.fold(large), SOME, SOME)));
        Images.read(good, Images.EVERYTHING, Limits.DEFAULT).close();
        long before = openFilesOf(folder) + temporaryFiles();
        for (int round = 0; round < 3; round++) {
            Images.read(good, Images.EVERYTHING, Limits.DEFAULT).close();
            try {
                Images.read(bad, Images.EVERYTHING, Limits.DEFAULT).close();
                throw new AssertionError("was read");
            } catch (InputException expected) {
                assertThat(expected.getMessage()).contains("layer 2");
            }
        }
        assertThat(openFilesOf(folder) + temporaryFiles()).isEqualTo(before);
    }

    private static long openFilesOf(Path folder) throws IOException {
        long count = 0;
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : links.toList()) {
                try {
                    String target = Files.readSymbolicLink(link).toString();
                    count += target.startsWith(folder.toString()) || target.contains("holdfast-") ? 1 : 0;
                } catch (IOException closedSince) {
                    // the descriptor of the listing itself
                }
            }
        }
        return count;
    }

    private static long temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("holdfast-")
                            && file.toString().endsWith(".tmp"))
                    .count();
        }
    }

    @Test
    void damagedArchivesNeverBreakTheReader() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        byte[] whole = ArchiveBuilder.dockerArchive(
                image().layer(layer().file("a/b", "1").link("l", "a").hardLink("h", "a/b"), Folding.GZIP)
                        .layer(layer().whiteout("a/b").opaque("a").file("l/x", "2")));
        for (int round = 0; round < 600; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try (var opened = Images.read(folder, damaged)) {
                // "Layers" may have been the damaged word: an image of none, which the configuration contradicts
                assertThat(opened.tree().size() > 0 || !opened.gaps().isEmpty())
                        .as("files, or a gap that says why there are none")
                        .isTrue();
            } catch (InputException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            } catch (RuntimeException | AssertionError bug) {
                if (!String.valueOf(bug.getMessage()).startsWith("not one image")) {
                    throw new AssertionError("seed " + seed + ", round " + round, bug);
                }
            }
        }
    }
}
