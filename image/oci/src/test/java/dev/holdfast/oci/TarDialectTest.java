package dev.holdfast.oci;

import static dev.holdfast.oci.testing.ImageBuilder.image;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static dev.holdfast.oci.testing.TarHeaderBuilder.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.oci.store.PathBytes;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.Folding;
import dev.holdfast.oci.testing.Images;
import dev.holdfast.oci.testing.LayerBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every dialect of tar that layers are written in, and some that nobody should write. */
class TarDialectTest {
    private static final String LONG = "d/".repeat(80) + "n".repeat(120);

    @TempDir
    Path folder;

    private Images.Opened read(LayerBuilder layer) throws InputException, IOException {
        return read(layer, Folding.NONE);
    }

    private Images.Opened read(LayerBuilder layer, Folding folding) throws InputException, IOException {
        return Images.read(folder, ArchiveBuilder.dockerArchive(image().layer(layer, folding)));
    }

    private InputException refusal(LayerBuilder layer) {
        try (var image = read(layer)) {
            throw new AssertionError("was read: " + image.files());
        } catch (InputException expected) {
            return expected;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void paxPathAndLinkPathReplaceTheHeaders() throws Exception {
        try (var image = read(
                layer().file(LONG, "1").link("l", LONG).pax("path", "renamed").file("x", "2"))) {
            assertThat(image.text("/" + LONG)).isEqualTo("1");
            assertThat(image.text("/l")).isEqualTo("1");
            assertThat(image.text("/renamed")).isEqualTo("2");
        }
    }

    @Test
    void paxSizeReplacesTheHeaders() throws Exception {
        byte[] content = "ten bytes!".getBytes(StandardCharsets.UTF_8);
        LayerBuilder layer = layer().special('x', LayerBuilder.paxRecord("size", "10".getBytes(StandardCharsets.UTF_8)))
                .block(header().name("a").size(0))
                .content(content)
                .file("b", "after");
        try (var image = read(layer)) {
            assertThat(image.text("/a")).isEqualTo("ten bytes!");
            assertThat(image.text("/b")).isEqualTo("after");
        }
    }

    @Test
    void globalPaxHeadersRenameNothing() throws Exception {
        try (var image = read(layer().globalPax("path", "evil")
                .globalPax("comment", "from git")
                .file("a", "1"))) {
            assertThat(image.files()).containsExactly("/a");
        }
    }

    @Test
    void gnuLongNamesReplaceTheHeaders() throws Exception {
        LayerBuilder layer =
                layer().gnuLongName(LONG).file("short", "1").gnuLongLink(LONG).link("l", "short");
        try (var image = read(layer)) {
            assertThat(image.text("/" + LONG)).isEqualTo("1");
            assertThat(image.tree().entry("/l").orElseThrow().linkTarget()).contains(LONG);
        }
    }

    @Test
    void ustarPrefixGoesBeforeTheNameAndGnuHasNone() throws Exception {
        LayerBuilder layer = layer().block(header().prefix("usr/share").name("a"))
                .block(header().gnu().prefix("no prefix here").name("b"))
                .block(header().v7().name("c"));
        try (var image = read(layer)) {
            assertThat(image.files()).containsExactly("/b", "/c", "/usr/share/a");
        }
    }

    @Test
    void oldFolderIsAFileWithASlash() throws Exception {
        try (var image = read(layer().block(header().v7().type('\0').name("d/")).file("d/a", "1"))) {
            assertThat(image.tree().entry("/d").orElseThrow().type()).isEqualTo(FileType.DIRECTORY);
        }
    }

    @Test
    void unknownTypeIsAFileAndContiguousToo() throws Exception {
        byte[] content = {'x'};
        LayerBuilder layer = layer().entry("a", "", '7', 0644, content).entry("b", "", 'Z', 0644, content);
        try (var image = read(layer)) {
            assertThat(image.text("/a") + image.text("/b")).isEqualTo("xx");
        }
    }

    @Test
    void linksAndFoldersHaveNoContentWhateverTheirSizeSays() throws Exception {
        LayerBuilder layer = layer().block(
                        header().name("l").type('2').link("a").size(5_000))
                .block(header().name("d/").type('5').size(1L << 30))
                .file("a", "1");
        try (var image = read(layer)) {
            assertThat(image.files()).containsExactly("/a", "/l");
        }
    }

    @Test
    void sizeInBase256IsRead() throws Exception {
        LayerBuilder layer = layer().block(header().name("a").sizeBase256(3))
                .content("abc".getBytes(StandardCharsets.UTF_8))
                .file("b", "after");
        try (var image = read(layer)) {
            assertThat(image.text("/a")).isEqualTo("abc");
            assertThat(image.text("/b")).isEqualTo("after");
        }
    }

    @Test
    void checksumOfSignedBytesIsAccepted() throws Exception {
        LayerBuilder layer = layer().block(header().name("\u00e9").signedChecksum());
        try (var image = read(layer)) {
            assertThat(image.files()).containsExactly("/\u00e9");
        }
    }

    @ParameterizedTest
    @EnumSource(LayerBuilder.Sparse.class)
    void sparseFileHasZerosInItsHoles(LayerBuilder.Sparse form) throws Exception {
        long[] extents = {2, 3, 1_000, 4, 5_000, 0};
        for (Folding folding : Folding.values()) {
            try (var image = read(
                    layer().sparse(form, "s", 5_000, extents, "abcdefg".getBytes(StandardCharsets.UTF_8))
                            .file("t", "after"),
                    folding)) {
                String text = image.text("/s");
                assertThat(text).hasSize(5_000);
                assertThat(text.substring(0, 6)).isEqualTo("\0\0abc\0");
                assertThat(text.substring(998, 1_006)).isEqualTo("\0\0defg\0\0");
                assertThat(image.text("/t")).isEqualTo("after");
            }
        }
    }

    @Test
    void sparseFileOfManyExtentsReadsAlikeAtAnyPosition() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        long[] extents = new long[120];
        byte[] whole = new byte[60 * 100];
        StringBuilder stored = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            int length = 1 + random.nextInt(40);
            extents[2 * i] = i * 100L + random.nextInt(50);
            extents[2 * i + 1] = length;
            for (int k = 0; k < length; k++) {
                char c = (char) ('a' + random.nextInt(26));
                stored.append(c);
                whole[(int) extents[2 * i] + k] = (byte) c;
            }
        }
        byte[] bytes = stored.toString().getBytes(StandardCharsets.US_ASCII);
        for (LayerBuilder.Sparse form : LayerBuilder.Sparse.values()) {
            try (var image = read(layer().sparse(form, "s", whole.length, extents, bytes), Folding.GZIP)) {
                FileContent content =
                        image.tree().content(image.tree().entry("/s").orElseThrow());
                for (int round = 0; round < 50; round++) {
                    int from = random.nextInt(whole.length);
                    byte[] part = new byte[random.nextInt(700)];
                    int got = content.read(from, part, 0, part.length);
                    assertThat(got).as("seed %d", seed).isEqualTo(Math.min(part.length, whole.length - from));
                    assertThat(java.util.Arrays.copyOf(part, got))
                            .as("seed %d, %s", seed, form)
                            .isEqualTo(java.util.Arrays.copyOfRange(whole, from, from + got));
                }
            }
        }
    }

    @Test
    void fileThatIsOneHoleHasNoStoredBytes() throws Exception {
        try (var image = read(layer().sparse(LayerBuilder.Sparse.PAX_1_0, "s", 1L << 40, new long[0], new byte[0]))) {
            FileVersion file = image.tree().entry("/s").orElseThrow();
            assertThat(file.size()).isEqualTo(1L << 40);
            byte[] part = {1, 1};
            assertThat(image.tree().content(file).read(1L << 39, part, 0, 2)).isEqualTo(2);
            assertThat(part).containsOnly(0);
            assertThatThrownBy(() -> image.tree().content(file).readAll(1 << 20))
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void namesAreNormalisedAndStayInsideTheRoot() throws Exception {
        try (var image = read(layer().file("./a", "1")
                .file("/abs/b", "2")
                .file("../../c", "3")
                .file("x//y/./z/../d", "4")
                .file("a/../../../../e", "5"))) {
            assertThat(image.files()).containsExactly("/a", "/abs/b", "/c", "/e", "/x/y/d");
        }
    }

    @Test
    void entryForTheRootItselfIsItsMode() throws Exception {
        try (var image = read(
                layer().entry("./", "", '5', 0711, new byte[0]).file(".", "no").file("a", "1"))) {
            assertThat(image.tree().entry("/").orElseThrow().mode()).isEqualTo(0711);
            assertThat(image.files()).containsExactly("/a");
        }
    }

    @Test
    void nameThatIsNotUnicodeKeepsItsBytes() throws Exception {
        byte[] name = {'c', 'a', 'f', (byte) 0xe9, '/', (byte) 0xc3, (byte) 0xa9, (byte) 0xff};
        try (var image = read(layer().block(header().name(name)).file("plain", "1"))) {
            String path = image.files().getFirst();
            assertThat(path).isEqualTo("/caf\udce9/\u00e9\udcff");
            assertThat(PathBytes.bytes(path.substring(1))).isEqualTo(name);
            assertThat(image.tree().entry(path)).isPresent();
        }
    }

    @Test
    void textOfNamesLeadsBackToTheirBytes() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] name = new byte[random.nextInt(12)];
            for (int i = 0; i < name.length; i++) {
                // mostly bytes that begin or continue longer sequences, surrogates and beyond included
                name[i] = (byte)
                        (random.nextBoolean()
                                ? random.nextInt(256)
                                : 0xe0 + random.nextInt(32) - 0x60 * random.nextInt(2));
            }
            String text = PathBytes.text(name, 0, name.length);
            assertThat(PathBytes.bytes(text)).as("seed %d", seed).isEqualTo(name);
        }
    }

    @Test
    void controlCharactersInNamesAreKeptAsTheyAre() throws Exception {
        try (var image = read(layer().file("a\n\u001b[31m\tb", "1"))) {
            assertThat(image.files()).containsExactly("/a\n\u001b[31m\tb");
        }
    }

    @Test
    void archiveWithoutEndMarkIsWhole() throws Exception {
        try (var image = read(layer().file("a", "1").withoutEndMark())) {
            assertThat(image.files()).containsExactly("/a");
        }
    }

    @Test
    void archivesLaidEndToEndWithoutEndMarksAreOne() throws Exception {
        byte[] first = layer().file("a", "1").withoutEndMark().build();
        byte[] second = layer().file("b", "2").build();
        try (var image = read(layer().raw(first).raw(second).withoutEndMark())) {
            assertThat(image.files()).containsExactly("/a", "/b");
            assertThat(image.gaps()).isEmpty();
        }
    }

    @Test
    void singleZeroBlockIsNoEnd() throws Exception {
        try (var image = read(layer().file("a", "1").raw(new byte[512]).file("b", "2"))) {
            assertThat(image.files()).containsExactly("/a", "/b");
        }
    }

    @Test
    void archiveBehindTheEndMarkIsNotReadAndTold() throws Exception {
        byte[] second = layer().file("b", "2").whiteout("a").build();
        try (var image = read(layer().file("a", "1").trailing(new byte[1_024]).trailing(second))) {
            assertThat(image.files()).containsExactly("/a");
            assertThat(image.gaps()).extracting(Gap::code).containsExactly(Gap.Code.UNSUPPORTED);
        }
    }

    @Test
    void garbageBehindTheEndMarkIsPassedOver() throws Exception {
        try (var image =
                read(layer().file("a", "1").trailing("garbage".repeat(99).getBytes(StandardCharsets.UTF_8)))) {
            assertThat(image.files()).containsExactly("/a");
            assertThat(image.gaps()).isEmpty();
        }
    }

    @Test
    void emptyLayerHasNothing() throws Exception {
        try (var image = Images.read(
                folder,
                ArchiveBuilder.dockerArchive(
                        image().layer(new byte[0], Folding.NONE).layer(layer())))) {
            assertThat(image.files()).isEmpty();
        }
    }

    @Test
    void rejectsNegativeSize() {
        assertThat(refusal(layer().block(header().name("a").base256(124, 12, -1)))
                        .code())
                .isEqualTo(InputException.Code.MALFORMED);
    }

    @Test
    void rejectsSizeBeyondAllNumbers() {
        assertThat(refusal(layer().block(header().name("a").bytes(124, "\u0080" + "\u00ff".repeat(11))))
                        .code())
                .isEqualTo(InputException.Code.MALFORMED);
        assertThat(refusal(layer().block(header().name("a").sizeBase256(Long.MAX_VALUE - 100)))
                        .code())
                .isEqualTo(InputException.Code.MALFORMED);
    }

    @Test
    void rejectsHugeSizeAsTruncated() {
        assertThat(refusal(layer().block(header().name("a").sizeBase256(1L << 60)))
                        .code())
                .isEqualTo(InputException.Code.TRUNCATED);
        assertThat(refusal(layer().block(header().name("a").size(1L << 32))).code())
                .isEqualTo(InputException.Code.TRUNCATED);
    }

    @Test
    void rejectsSizeThatIsNoNumber() {
        assertThat(refusal(layer().block(header().name("a").bytes(124, "98765432100\0")))
                        .code())
                .isEqualTo(InputException.Code.MALFORMED);
    }

    @Test
    void rejectsWrongHeaderChecksum() {
        assertThat(refusal(layer().block(header().name("a").checksum(1)))).hasMessageContaining("checksum");
    }

    @Test
    void rejectsHeaderOfNamesThatIsTooLong() {
        assertThat(refusal(layer().block(header().name("x").type('x').size(1L << 32)))
                        .code())
                .isEqualTo(InputException.Code.LIMIT);
        assertThat(refusal(layer().gnuLongName("n".repeat(2_000_000)).file("a", ""))
                        .code())
                .isEqualTo(InputException.Code.LIMIT);
    }

    @Test
    void rejectsPathThatNoFileSystemTakes() {
        assertThat(refusal(layer().file("x/".repeat(3_000) + "y", "")).code()).isEqualTo(InputException.Code.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5 path",
                "99999 path=x\n",
                "11 path=ab\n ",
                "-9 path=x\n",
                "9 path=ax",
                "4 =\n",
                "99999999999999999999 a=b\n"
            })
    void rejectsPaxHeaderThatIsNone(String records) {
        if (records.isEmpty()) {
            return;
        }
        assertThat(refusal(layer().special('x', records.getBytes(StandardCharsets.UTF_8))
                                .file("a", ""))
                        .code())
                .isEqualTo(InputException.Code.MALFORMED);
    }

    @Test
    void rejectsNulInPaxPath() {
        assertThat(refusal(layer().pax("path", "a\0b").file("a", "")).code()).isEqualTo(InputException.Code.MALFORMED);
    }

    @Test
    void rejectsSparseMapsThatLie() {
        byte[] four = {1, 2, 3, 4};
        for (LayerBuilder.Sparse form : LayerBuilder.Sparse.values()) {
            assertThat(refusal(layer().sparse(form, "s", 100, new long[] {50, 2, 10, 2}, four))
                            .code())
                    .as("backwards %s", form)
                    .isEqualTo(InputException.Code.MALFORMED);
            assertThat(refusal(layer().sparse(form, "s", 100, new long[] {99, 4}, four))
                            .code())
                    .as("beyond the end %s", form)
                    .isEqualTo(InputException.Code.MALFORMED);
            assertThat(refusal(layer().sparse(form, "s", 100, new long[] {0, 90}, four))
                            .code())
                    .as("more than stored %s", form)
                    .isEqualTo(InputException.Code.MALFORMED);
        }
    }

    @Test
    void rejectsSparseMapWithoutEnd() {
        LayerBuilder layer = layer().pax("GNU.sparse.major", "1")
                .pax("GNU.sparse.minor", "0")
                .pax("GNU.sparse.realsize", "100")
                .file("s", "1000000\n".repeat(200));
        assertThat(refusal(layer).code()).isEqualTo(InputException.Code.MALFORMED);
    }
}
