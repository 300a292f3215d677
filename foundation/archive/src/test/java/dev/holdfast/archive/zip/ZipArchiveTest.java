package dev.holdfast.archive.zip;

import static dev.holdfast.archive.zip.ZipWriter.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ZipArchiveTest {
    private static final int MOST = 1 << 20;

    @Test
    void readsWhatTheJdkWrote() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            // The JDK streams: sizes follow the data in a descriptor, the local header has none.
            zip.putNextEntry(new java.util.zip.ZipEntry("a/long.txt"));
            zip.write("0123456789".repeat(10_000).getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new java.util.zip.ZipEntry("ä.txt"));
            zip.write("umlaut".getBytes(StandardCharsets.UTF_8));
        }
        try (ZipArchive archive = open(out.toByteArray())) {
            assertThat(names(archive)).containsExactly("a/long.txt", "ä.txt");
            assertThat(archive.read(0, MOST)).hasSize(100_000).startsWith('0', '1', '2');
            assertThat(text(archive, 1)).isEqualTo("umlaut");
            assertThat(archive.head(0, 10)).isEqualTo("0123456789".getBytes(StandardCharsets.UTF_8));
            assertThat(archive.disagreements()).isEmpty();
        }
    }

    @Test
    void comparesNamesWhereTheyLie() throws Exception {
        try (ZipArchive archive =
                open(new ZipWriter().add(entry("META-INF/Manifest.mf", "x")).bytes())) {
            assertThat(archive.nameHas(0, 0, "META-INF/MANIFEST.MF")).isTrue();
            assertThat(archive.nameHas(0, 0, "META-INF/MANIFEST.MF2")).isFalse();
            assertThat(archive.nameEndsWith(0, ".MF")).isTrue();
            assertThat(archive.nameEndsWith(0, "a-name-that-is-longer-than-the-entry's-own"))
                    .isFalse();
        }
    }

    @Test
    void readsAnEmptyArchive() throws Exception {
        try (ZipArchive archive = open(new ZipWriter().bytes())) {
            assertThat(archive.count()).isZero();
        }
    }

    @Test
    void readsAnArchiveBehindAStub() throws Exception {
        byte[] script = "#!/bin/sh\nexec java -jar \"$0\"\n".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new ZipWriter()
                .stub(script)
                .add(entry("a", "first").deflated())
                .add(entry("b", "second"))
                .bytes();
        try (ZipArchive archive = open(bytes)) {
            assertThat(text(archive, 0)).isEqualTo("first");
            assertThat(text(archive, 1)).isEqualTo("second");
        }
    }

    @Test
    void readsZip64() throws Exception {
        for (byte[] stub : List.of(new byte[0], new byte[1000])) {
            byte[] bytes = new ZipWriter()
                    .stub(stub)
                    .zip64()
                    .add(entry("a", "first").deflated().zip64())
                    .add(entry("b", "second").zip64())
                    .bytes();
            try (ZipArchive archive = open(bytes)) {
                assertThat(names(archive)).containsExactly("a", "b");
                assertThat(text(archive, 0)).isEqualTo("first");
                assertThat(text(archive, 1)).isEqualTo("second");
            }
        }
    }

    @Test
    void findsTheEndBehindTrailingRubbishAndCommentsThatLookLikeOne() throws Exception {
        byte[] decoy = new ZipWriter().bytes();
        byte[] commented = new ZipWriter().add(entry("a", "x")).comment(decoy).bytes();
        try (ZipArchive archive = open(Arrays.copyOf(commented, commented.length + 100))) {
            assertThat(archive.count()).isLessThanOrEqualTo(1);
        }
        byte[] plain = new ZipWriter().add(entry("a", "x")).bytes();
        try (ZipArchive archive = open(Arrays.copyOf(plain, plain.length + 100))) {
            assertThat(names(archive)).containsExactly("a");
        }
    }

    @Test
    void opensAStoredArchiveInsideWithoutCopying() throws Exception {
        byte[] inner = new ZipWriter().add(entry("deep", "treasure").deflated()).bytes();
        byte[] outer = new ZipWriter()
                .add(entry("inner.jar", inner))
                .add(entry("packed.jar", inner).deflated())
                .bytes();
        try (ZipArchive archive = open(outer)) {
            for (int i = 0; i < 2; i++) {
                try (ZipArchive nested = ZipArchive.open(archive.open(i, MOST), Limits.DEFAULT)) {
                    assertThat(text(nested, 0)).isEqualTo("treasure");
                }
            }
            assertThat(archive.open(0, MOST)).isInstanceOf(BytesPart.class);
        }
    }

    // --- contradictions: the central directory is believed, and they are told ---

    @Test
    void localAndCentralNameDisagree() throws Exception {
        try (ZipArchive archive =
                open(new ZipWriter().add(entry("true", "x").localName("lies")).bytes())) {
            assertThat(names(archive)).containsExactly("true");
            assertThat(text(archive, 0)).isEqualTo("x");
            assertThat(archive.disagreements())
                    .containsExactly("the local header of true differs from the directory in its name");
        }
    }

    @Test
    void twoEntriesOfOneNameAreTwoEntries() throws Exception {
        byte[] bytes =
                new ZipWriter().add(entry("same", "1")).add(entry("same", "2")).bytes();
        try (ZipArchive archive = open(bytes)) {
            assertThat(names(archive)).containsExactly("same", "same");
            assertThat(text(archive, 0) + text(archive, 1)).isEqualTo("12");
        }
    }

    @Test
    void theEndRecordLiesAboutTheCount() throws Exception {
        try (ZipArchive archive =
                open(new ZipWriter().add(entry("a", "x")).countedAs(60_000).bytes())) {
            assertThat(archive.count()).isEqualTo(1);
            assertThat(archive.disagreements()).hasSize(1).first().asString().contains("60000");
        }
    }

    @Test
    void zipSlipNamesStayText() throws Exception {
        byte[] bytes = new ZipWriter()
                .add(entry("../../etc/passwd", "x"))
                .add(entry("C:\\x\u0000y", "x"))
                .bytes();
        try (ZipArchive archive = open(bytes)) {
            assertThat(names(archive)).containsExactly("../../etc/passwd", "C:\\x\u0000y");
        }
    }

    // --- attacks and damage ---

    @Test
    void refusesWhatIsNoArchive() {
        refused("only text, long enough to hold an end record".getBytes(StandardCharsets.UTF_8))
                .hasMessage("this is no zip archive");
        refused(new byte[0]).hasMessage("this is no zip archive");
    }

    @Test
    void refusesAnArchiveThatIsCutOff() {
        byte[] bytes = new ZipWriter().add(entry("a", "content")).bytes();
        for (int length = 4; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> open(cut))
                    .isInstanceOfSatisfying(
                            InputException.class,
                            wrong -> assertThat(wrong.code()).isEqualTo(InputException.Code.TRUNCATED));
        }
    }

    @Test
    void refusesABombByItsDeclaration() throws Exception {
        ZipWriter.Entry bomb = entry("bomb", new byte[1000]).deflated().declaredSize(1 << 30);
        try (ZipArchive archive = open(new ZipWriter().add(bomb).bytes())) {
            assertThatThrownBy(() -> archive.read(0, Integer.MAX_VALUE))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("more than 1100 times");
            assertThatThrownBy(() -> archive.read(0, MOST)).hasMessageContaining("more than the 1048576 that are read");
        }
    }

    @Test
    void refusesAnEntryThatUnfoldsToAnotherSizeThanItDeclares() throws Exception {
        byte[] zeros = new byte[100_000];
        ZipWriter.Entry more = entry("more", zeros).deflated().declaredSize(10);
        ZipWriter.Entry less = entry("less", zeros).deflated().declaredSize(100_001);
        try (ZipArchive archive = open(new ZipWriter().add(more).add(less).bytes())) {
            assertThatThrownBy(() -> archive.read(0, MOST))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("more declares 10 bytes and unfolds to more");
            assertThatThrownBy(() -> archive.read(1, MOST))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("less declares 100001 bytes and unfolds to 100000");
        }
    }

    @Test
    void refusesAnEntryThatReachesIntoTheDirectory() throws Exception {
        // Overlapping the directory is how an archive would contain itself.
        ZipWriter.Entry greedy = entry("self.jar", "x").declaredSize(60).declaredCompressed(60);
        try (ZipArchive archive = open(new ZipWriter().add(greedy).bytes())) {
            assertThatThrownBy(() -> archive.open(0, MOST))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("reaches into the archive's directory");
        }
    }

    @Test
    void encryptedAndExoticEntriesAreTold() throws Exception {
        byte[] bytes = new ZipWriter()
                .add(entry("secret", "x").flags(1))
                .add(entry("aes", "x").method(99))
                .add(entry("lzma", "x").method(14))
                .bytes();
        try (ZipArchive archive = open(bytes)) {
            assertThat(archive.isEncrypted(0)).isTrue();
            assertThat(archive.isEncrypted(1)).isTrue();
            assertThat(archive.isEncrypted(2)).isFalse();
            assertThatThrownBy(() -> archive.read(0, MOST)).hasMessage("secret is encrypted");
            assertThatThrownBy(() -> archive.read(2, MOST)).hasMessageContaining("method 14");
        }
    }

    @Test
    void refusesMoreEntriesThanTheLimit() {
        ZipWriter writer = new ZipWriter();
        for (int i = 0; i < 100; i++) {
            writer.add(entry("e" + i, ""));
        }
        byte[] bytes = writer.bytes();
        assertThatThrownBy(() -> ZipArchive.open(SeekableBytes.of(bytes), Limits.DEFAULT.withEntries(99)))
                .isInstanceOfSatisfying(
                        InputException.class, wrong -> assertThat(wrong.code()).isEqualTo(InputException.Code.LIMIT));
    }

    @Test
    void noDamageGetsOutAsAnythingButAnInputError() throws Exception {
        byte[] inner =
                new ZipWriter().add(entry("x", "y".repeat(200)).deflated()).bytes();
        byte[] sound = new ZipWriter()
                .zip64()
                .add(entry("a.jar", inner))
                .add(entry("b", "z".repeat(5000)).deflated().zip64())
                .bytes();
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = sound.clone();
            int hits = 1 + random.nextInt(4);
            for (int i = 0; i < hits; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            readAll(Arrays.copyOf(bytes, length), "seed " + seed);
        }
    }

    private static void readAll(byte[] bytes, String seed) throws IOException {
        try (ZipArchive archive = open(bytes)) {
            for (int i = 0; i < archive.count(); i++) {
                try {
                    archive.entry(i);
                    archive.read(i, MOST);
                    archive.head(i, 16);
                    archive.open(i, MOST);
                } catch (InputException expected) {
                    assertThat(expected.getMessage()).as(seed).isNotEmpty();
                }
            }
        } catch (InputException expected) {
            assertThat(expected.getMessage()).as(seed).isNotEmpty();
        }
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(byte[] bytes) {
        return assertThatThrownBy(() -> open(bytes)).isInstanceOf(InputException.class);
    }

    private static ZipArchive open(byte[] bytes) throws InputException, IOException {
        return ZipArchive.open(SeekableBytes.of(bytes), Limits.DEFAULT);
    }

    private static String text(ZipArchive archive, int entry) throws InputException, IOException {
        return new String(archive.read(entry, MOST), StandardCharsets.UTF_8);
    }

    private static List<String> names(ZipArchive archive) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < archive.count(); i++) {
            names.add(archive.name(i));
        }
        return names;
    }
}
